"""Source with flaws, each of which a reader of source must see. Nothing runs it."""

SEMGREP = """
import urllib.request

def find(request, cursor, name):
    cursor.execute(f"SELECT * FROM people_person WHERE name = '{name}'")
    note = get_object_or_404(Note, pk=request.GET["pk"])
    found = Note.objects.filter(**request.GET.dict())
    urllib.request.urlopen(request.POST["address"])
    eval(name)
    return StreamingHttpResponse(mark_safe(note.text))

@csrf_exempt
def taken(request):
    return HttpResponse()
"""
BANDIT = """
import pickle
import subprocess

def run(cursor, words, data):
    subprocess.Popen("ls " + words, shell=True)
    cursor.execute("SELECT * FROM people_person WHERE name = '%s'" % words)
    return pickle.loads(data)
"""
PATTERNS = """
import re

WORDS = re.compile(r"^(\\s*\\w+\\s*)*$")
"""
SCRIPT = r"const words = /^(\s*\w+\s*)*$/;" + "\n"
MIGRATION = """
ALTER TABLE people_person ADD COLUMN colour varchar(20) NOT NULL;
CREATE INDEX people_person_colour ON people_person (colour);
"""

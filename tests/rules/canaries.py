"""Those who look at the site, and a canary word for each thing that has a rule of sight."""

# Who has a role in both events of the scene, beside those who organise them.
HELPERS = {"facilitator", "transcriber", "moderator"}
VIEWERS = ("cleo", "ben", "researcher", "transcriber", "moderator", "facilitator", "ada", "steward")
RUN, LEAD, LOOK = {"ada", "steward"}, {"ada", "steward", "facilitator"}, {"facilitator", "moderator"}
EVERYONE = set(VIEWERS)
# The canary word of each thing.
DRAFT, SHOWN, KEPT, GONE, UNPRINTED = "marramgrass", "openquartz", "hushedfern", "lostheron", "unprintedmoth"
HELD = "veiledwren"  # hidden by the organisers
COMES = "shyotter"  # who comes to an event, what they need, and what only they are told
UNTOLD = "quietcurlew"  # told in stories that wait, or that not everybody may read
UNSAID = "huskyplover"  # said in comments that wait or were taken away
UNLISTED = "sorrelcroft"  # on record without an account, and never asked whether to be listed
UNREAD = "mutedbadger"  # saved as a version, and not published
UNRULED = "pensivelark"  # read at the desk, and nobody ruled on it
UNSHARED = "secretplover"  # what somebody calls, asks, codes and notes down in a study of their own
UNSIGNED = "wearylinnet"  # what people who sign a call say, before or unless it is shown; a call in draft

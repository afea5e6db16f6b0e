// Looks again by itself while a file is being made. Without it, "Look again" does the same.
(function () {
  "use strict";
  var job = document.getElementById("job");
  var BETWEEN = 3000; // milliseconds

  function look() {
    fetch(location.href, { credentials: "same-origin" })
      .then(function (answer) { return answer.text(); })
      .then(function (page) {
        var now = new DOMParser().parseFromString(page, "text/html").getElementById("job");
        if (!now) return;
        if (now.dataset.state !== job.dataset.state && /ready|failed|gone/.test(now.dataset.state)) {
          location.reload();
          return;
        }
        job.replaceChildren.apply(job, Array.from(now.childNodes));
        setTimeout(look, BETWEEN);
      })
      .catch(function () { setTimeout(look, BETWEEN * 4); });
  }

  setTimeout(look, BETWEEN);
})();

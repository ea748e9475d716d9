// Sends photos one after the other, each under a name of its own, so that sending one again never makes two.
(function () {
  "use strict";
  var page = document.getElementById("page"), said = page.dataset, list = document.getElementById("list");
  var number = document.getElementById("number"), done = document.getElementById("done"), trouble = document.getElementById("trouble");
  var inputs = [document.getElementById("camera"), document.getElementById("album")];
  var most = Number(said.most), received = Number(said.received), waiting = [], busy = false, here = location.pathname;
  var TRIES = 3, PAUSE = 1500, PATIENCE = 90000;

  function newNonce() {
    var bytes = new Uint8Array(16), text = "", i;
    window.crypto.getRandomValues(bytes);
    for (i = 0; i < bytes.length; i += 1) { text += ("0" + bytes[i].toString(16)).slice(-2); }
    return text;
  }

  function counted() {
    var open = list.querySelectorAll("li:not(.sent):not(.failed)").length, full = received + open >= most;
    number.textContent = received;
    done.disabled = open > 0 || received === 0;
    inputs.forEach(function (input) { input.disabled = full; });
    document.getElementById("work").className = full ? "off" : "";
  }

  function say(job, state, words) {
    job.row.className = state;
    job.state.textContent = words;
    job.bar.hidden = state !== "sending";
    counted();
  }

  function over(title, words) {
    page.innerHTML = "";
    [["h1", title], ["p", words]].forEach(function (part) {
      var element = document.createElement(part[0]);
      element.textContent = part[1];
      page.appendChild(element);
    });
    page.setAttribute("tabindex", "-1");
    page.focus();
  }

  function code(request) {
    try { return JSON.parse(request.responseText).code; } catch (_) { return ""; }
  }

  function finished(job) {
    busy = false;
    if (job.again) { job.again.hidden = !job.failed; }
    counted();
    next();
  }

  function failed(job, words, final) {
    job.failed = !final;
    say(job, "failed", words);
    finished(job);
  }

  function answered(job, request) {
    var why = code(request);
    if (request.status === 200) {
      received = JSON.parse(request.responseText).received;
      job.failed = false;
      say(job, "sent", said.sent);
      finished(job);
    } else if (why === "hand_over_expired" || request.status === 404) { over(said.overTitle, said.over);
    } else if (why === "too_many") { failed(job, said.tooMany, true);
    } else if (why === "too_large") { failed(job, said.tooLarge, true);
    } else if (why === "upload_invalid") { failed(job, said.notAPicture, true);
    } else { lost(job); }
  }

  function lost(job) { // it may have arrived; under the same name it is not taken twice
    job.tries += 1;
    if (job.tries < TRIES) { window.setTimeout(function () { send(job); }, PAUSE); } else { failed(job, said.failed, false); }
  }

  function send(job) {
    var request = new XMLHttpRequest();
    say(job, "sending", said.sending);
    request.open("PUT", here + "/" + job.nonce);
    request.timeout = PATIENCE;
    request.setRequestHeader("Content-Type", "image/jpeg");
    request.upload.onprogress = function (event) {
      if (event.lengthComputable) { job.bar.max = event.total; job.bar.value = event.loaded; }
    };
    request.onload = function () { answered(job, request); };
    request.onerror = request.ontimeout = function () { lost(job); };
    request.send(job.picture);
  }

  function next() {
    var job = busy ? null : waiting.shift();
    if (!job) { return; }
    busy = true;
    if (job.picture) { send(job); return; }
    window.smallPicture(job.file, function (picture, why) {
      if (!picture) { failed(job, said[why], true); return; }
      job.picture = picture;
      job.file = null;
      send(job);
    });
  }

  function part(row, name, kind) {
    var element = document.createElement(name);
    element.className = kind;
    row.appendChild(element);
    return element;
  }

  function add(file) {
    var row = document.createElement("li"), image = part(row, "img", "thumb"), job = { file: file, nonce: newNonce(), tries: 0, row: row };
    job.state = part(row, "span", "state");
    job.bar = part(row, "progress", "bar");
    job.again = part(row, "button", "button again");
    job.again.type = "button";
    job.again.textContent = said.again;
    job.again.hidden = true;
    job.again.onclick = function () { job.again.hidden = true; job.tries = 0; waiting.push(job); say(job, "waiting", said.waiting); next(); };
    image.alt = said.photo + " " + (list.children.length + 1);
    image.src = URL.createObjectURL(file);
    image.onload = function () { URL.revokeObjectURL(image.src); };
    image.onerror = function () { URL.revokeObjectURL(image.src); image.className = "none"; };
    list.appendChild(row);
    waiting.push(job);
    say(job, "waiting", said.waiting);
  }

  function chosen(event) {
    var files = event.target.files, room = most - received - list.querySelectorAll("li:not(.sent):not(.failed)").length, i;
    trouble.textContent = files.length > room ? said.tooMany : "";
    for (i = 0; i < Math.min(files.length, room); i += 1) { add(files[i]); }
    event.target.value = ""; // the same photo may be chosen again
    next();
  }

  function close() {
    var request = new XMLHttpRequest();
    done.disabled = true;
    request.open("POST", here + "/done");
    request.onload = function () { if (request.status === 200) { over(said.overTitle, said.over); } else { trouble.textContent = said.failed; counted(); } };
    request.onerror = function () { trouble.textContent = said.failed; counted(); };
    request.send();
  }

  inputs.forEach(function (input) { input.onchange = chosen; });
  done.onclick = close;
  document.getElementById("work").hidden = false;
  counted();
}());

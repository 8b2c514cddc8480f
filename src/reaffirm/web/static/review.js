// The queue by keyboard. Enhancement only: every form works without it. Offsets are code points of the document's text.
(() => {
  "use strict";
  const ACTS = [
    ["next", "j", "Next row"], ["previous", "k", "Previous row"], ["accept", "a", "Accept"], ["reject", "r", "Reject"],
    ["unsure", "s", "Unsure"], ["edit", "e", "Correct a field"], ["words", "w", "The selected words are the right ones"],
    ["missed", "m", "The selected words are a missed row"], ["comment", "c", "Comment"], ["keep", "x", "Remember this row"],
    ["join", "t", "Same item as the row remembered"], ["apart", "d", "Another item than the row remembered"],
    ["undo", "u", "Undo my last decision"], ["redo", "y", "Redo"], ["help", "?", "Show or hide the keys"],
  ];
  const STORE = "reaffirm.keys";
  const rows = () => [...document.querySelectorAll("#rows .waiting")];
  const told = document.getElementById("told");
  const help = document.getElementById("help");
  let kept = null;
  let busy = Promise.resolve();

  const chosen = () => {
    try { return JSON.parse(localStorage.getItem(STORE)) || {}; } catch { return {}; }
  };
  const keyOf = (act) => chosen()[act[0]] || act[1];

  const say = (words) => { told.textContent = words; };
  const current = () => document.activeElement?.closest?.(".waiting") || document.querySelector(".waiting.is-current");
  const hold = (row) => {
    if (!row) return;
    document.querySelectorAll(".is-current").forEach((other) => other.classList.remove("is-current"));
    row.classList.add("is-current");
    row.focus({ preventScroll: true });
    row.scrollIntoView({ block: "nearest" });
  };
  const step = (by) => {
    const all = rows();
    const at = all.indexOf(current());
    const row = all[at < 0 ? 0 : at + by];
    if (row) hold(row);
    else if (by > 0 && at === all.length - 1) following();
  };
  // The next rows: of the open state those that are left, else the next sheet.
  const following = () => {
    const link = document.querySelector(".sheets a[rel=next]");
    const open = !new URLSearchParams(location.search).get("state");
    if (open) location.reload();
    else if (link) link.click();
    else say("This was the last row.");
  };

  // One request after the other, in the order of the keys.
  const send = (form, extra) => {
    const data = new FormData(form);
    for (const [name, value] of Object.entries(extra || {})) data.set(name, value);
    const path = `${new URL(form.action).pathname}.json`;
    busy = busy.then(async () => {
      const answer = await fetch(path, { method: "POST", body: new URLSearchParams(data) });
      const found = await answer.json();
      if (!answer.ok) { say(found.message || "That was not recorded."); return null; }
      return found;
    }).catch(() => { say("The server does not answer; nothing was recorded. Press the key again."); return null; });
    return busy;
  };
  const line = (found) => {
    const what = found.verdict === "corrected" ? `: ${found.field} is ${found.value}` : found.verdict === "noted" ? `: ${found.value}` : "";
    return `${found.verdict}${what} · ${found.who}`;
  };
  const show = (row, found) => {
    const note = document.createElement("li");
    note.className = "event";
    note.dataset.judgement = found.id;
    note.textContent = line(found);
    row.querySelector(".events").append(note);
    if (found.verdict === "noted" || found.verdict === "added") return;
    row.classList.add("is-decided");
    row.querySelector("[data-status]").textContent = found.verdict;
  };
  const hide = (found) => {
    const row = document.getElementById(found.row);
    row?.querySelector(`[data-judgement="${found.id}"]`)?.remove();
    if (!row) return;
    const left = row.querySelector("[data-judgement]");
    row.classList.toggle("is-decided", Boolean(left));
    row.querySelector("[data-status]").textContent = left ? left.textContent.split(/[: ]/)[0] : "";
    hold(row);
  };
  const decide = async (verdict) => {
    const row = current();
    const form = row?.querySelector(".verdicts");
    if (!form) { say(row ? "Say who you are first." : "No row is in hand; the key for the next row takes one."); return; }
    if (row.dataset.sent) return; // pressed twice before the answer came
    row.dataset.sent = verdict;
    const sent = send(form, { verdict });
    const last = rows().at(-1) === row;
    if (!last) step(1);
    const found = await sent;
    if (!found || !last) delete row.dataset.sent;
    if (!found) { hold(row); return; }
    show(row, found);
    say(`${row.dataset.kind} ${found.verdict}`);
    if (last) following();
  };

  // The selected words of the row in hand, as START-END and the words.
  const selected = (row) => {
    const selection = getSelection();
    const context = row?.querySelector(".context");
    if (!context || !selection.rangeCount || selection.isCollapsed) return null;
    const range = selection.getRangeAt(0);
    if (!context.contains(range.startContainer) || !context.contains(range.endContainer)) return null;
    const before = document.createRange();
    before.selectNodeContents(context);
    before.setEnd(range.startContainer, range.startOffset);
    const size = (text) => Array.from(text).length;
    const start = Number(context.dataset.start) + size(before.toString());
    const words = range.toString();
    return { extent: `${start}-${start + size(words)} ${words}`, words };
  };
  const home = () => getSelection().anchorNode?.parentElement?.closest(".waiting") || current();
  const open = (row, name, focus) => {
    const details = row?.querySelector(".more");
    if (!details) { say("Say who you are first."); return null; }
    details.open = true;
    const form = details.querySelector(name);
    form.querySelector(focus).focus();
    return form;
  };
  const words = async () => {
    const row = home();
    const found = selected(row);
    if (!found) { say("Select the right words in the text of the row first."); return; }
    const done = await send(row.querySelector(".correct"), { field: "span", value: found.extent });
    if (done) { show(row, done); say(`The words are now: ${found.words}`); hold(row); }
  };
  const missed = () => {
    const row = home();
    const found = selected(row);
    const form = found ? open(row, ".add", "select") : null;
    if (form) { form.querySelector("input[name=words]").value = found.extent; say("Choose what it is, then Enter."); }
    else say("Select the words of the missed row in the text first.");
  };
  const keep = () => {
    kept = current();
    rows().forEach((row) => row.classList.toggle("is-kept", row === kept));
    say(kept ? "Remembered. Go to the other row." : "No row is in hand.");
  };
  const join = async (same) => {
    const row = current();
    if (!row || !kept || row === kept) { say("Remember one row first, then go to the other."); return; }
    const done = await send(row.querySelector(".join"), { other: kept.dataset.row, same });
    if (done) { show(row, done); say(same ? "The two are one item." : "The two are different items."); }
  };
  const again = async (verb) => {
    const form = document.getElementById(verb);
    const found = form && await send(form);
    if (!found) return;
    say(`${verb === "undo" ? "Undone" : "Made again"}: ${line(found)}`);
    const row = document.getElementById(found.row);
    if (verb === "undo") hide(found);
    else if (row) show(row, found);
    if (!row && ["accepted", "rejected", "unsure", "corrected"].includes(found.verdict)) location.hash = "";
  };
  const toggle = () => { help.hidden = !help.hidden; if (!help.hidden) help.querySelector("input").focus(); };

  const DO = {
    next: () => step(1), previous: () => step(-1), accept: () => decide("accepted"), reject: () => decide("rejected"),
    unsure: () => decide("unsure"), edit: () => open(current(), ".correct", "select"), words, missed,
    comment: () => open(current(), ".comment", "input[name=text]"), keep, join: () => join(true), apart: () => join(false),
    undo: () => again("undo"), redo: () => again("redo"), help: toggle,
  };
  addEventListener("keydown", (event) => {
    if (event.key === "Escape") {
      const row = event.target.closest?.(".waiting");
      if (row) { row.querySelector(".more")?.removeAttribute("open"); hold(row); } else if (!help.hidden) help.hidden = true;
      return;
    }
    if (event.key === "Enter" && event.target.matches?.(".add select")) {
      event.preventDefault();
      event.target.form.requestSubmit();
      return;
    }
    if (event.ctrlKey || event.metaKey || event.altKey || event.target.closest?.("input, select, textarea, summary")) return;
    const act = ACTS.find((each) => keyOf(each) === event.key);
    if (!act) return;
    event.preventDefault();
    DO[act[0]]();
  });
  // Forms inside a row are sent without leaving the page.
  document.getElementById("rows")?.addEventListener("submit", async (event) => {
    const form = event.target;
    const row = form.closest(".waiting");
    event.preventDefault();
    const by = event.submitter?.name ? { [event.submitter.name]: event.submitter.value } : {};
    const found = await send(form, by);
    if (!found) return;
    show(row, found);
    say(`Recorded: ${line(found)}`);
    row.querySelector(".more")?.removeAttribute("open");
    hold(row);
  });

  // The panel of keys
  const list = document.getElementById("keys");
  const draw = () => {
    list?.replaceChildren(...ACTS.map((act) => {
      const pair = document.createElement("div");
      const what = document.createElement("dt");
      const label = document.createElement("label");
      label.textContent = act[2];
      label.htmlFor = `key-${act[0]}`;
      what.append(label);
      const value = document.createElement("dd");
      const input = document.createElement("input");
      Object.assign(input, { id: `key-${act[0]}`, maxLength: 1, value: keyOf(act) });
      input.addEventListener("input", () => {
        const key = input.value;
        const taken = ACTS.some((other) => other !== act && keyOf(other) === key);
        if (!key || taken) { say(taken ? `“${key}” has its meaning already.` : ""); return; }
        try { localStorage.setItem(STORE, JSON.stringify({ ...chosen(), [act[0]]: key })); } catch { say("This browser keeps no keys."); }
      });
      value.append(input);
      pair.append(what, value);
      return pair;
    }));
  };
  draw();
  const opener = document.getElementById("help-open");
  if (opener) opener.hidden = false;
  opener?.addEventListener("click", toggle);
  document.getElementById("help-close")?.addEventListener("click", () => { help.hidden = true; });
  document.getElementById("keys-reset")?.addEventListener("click", () => { localStorage.removeItem(STORE); draw(); });
  if (rows().length && !location.hash) hold(rows()[0]);
  else if (location.hash) hold(document.getElementById(decodeURIComponent(location.hash.slice(1)))?.closest(".waiting"));
})();

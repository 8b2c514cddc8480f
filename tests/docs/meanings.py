"""What each rule id means: one sentence that says what fires it and what it gives, and an example where one helps.

A test holds the ids against the code: one that is new there wants its meaning here, and one that is gone must go here too.
"""

from __future__ import annotations

MEANINGS: dict[str, tuple[str, str]] = {
    "adverb.hearsay": (
        "An adverb of hearsay modifies a clause: the clause was said by somebody who is not named.",
        "the envoy *reportedly* left",
    ),
    "adverbial.survey": (
        "A survey that is named behind “in” opens a clause: the clause is what the survey tells.",
        "*in a survey of the guild*, half the crews were against",
    ),
    # call: whose demand it is
    "call.asker": (
        "A question stands under a label that is no turn, or behind a name in brackets in the turn of an asker: that name asks it.",
        "Q: (Daily Post) Will you resign?",
    ),
    "call.issuers": (
        "An official text asks in nobody else’s name, or in that of its issuers: they ask; “we” who should act are all who met.",
        "We call on all sides to leave the reef.",
    ),
    "call.source": (
        "The words of the demand name whose it is: the speakers of the statement that it reads.",
        "the guild urged the council to act",
    ),
    "call.speaker": ("The demand stands in a speech, in nobody else's words: the one who gives the speech asks.", ""),
    "call.turn": ("The demand stands in a turn or a quotation of one, in nobody else's words: the speaker of the turn asks.", ""),
    "call.writer": ("The demand stands in any other text, in nobody else's words: its writer asks.", "The council should act."),
    # call: who should act
    "call.body-of-state": (
        "The words that name who should act hold a word for people or bodies (parliament, navy, people) and one state: that state.",
        "the people of Marn must decide",
    ),
    "call.demand-before": ("“They” or “it” should act, right behind another demand: whoever the demand before names.", ""),
    "call.home": (
        "An opinion asks an institution and names no state, or nobody in a text about no meeting: the state where it appeared.",
        "Parliament must debate this.",
    ),
    "call.it": (
        "“It” should act in an opinion, and the sentence opens with the name of a state: that state.",
        "Marn signed, and *it* should keep its word",
    ),
    "call.nobody": ("Nobody is named who should act, and no meeting of two to four states is told: nobody is known.", ""),
    "call.parties-of-the-meeting": (
        "Nobody is named who should act, in a turn or an opinion about a meeting of two to four states: all of these.",
        "It is essential that the study be published.",
    ),
    "call.we": ("“We” should act in a text of which nobody knows who speaks: the word itself, underspecified.", ""),
    "call.we-all": (
        "“We” should act in a turn, near a joint act told with “we” or with words such as “together”: all states that met.",
        "we should do this together",
    ),
    "call.we-side": ("“We” should act in a turn, with no sign of a joint act: the state behind the speaker.", "We need to keep watch."),
    # commitment: how it was read
    "commitment.headed": (
        "A heading or short line says with “to” and no finite verb what a party is to do.",
        "Navy *to provide* two ships",
    ),
    "commitment.item": (
        "An item of an agenda or list of outcomes names a deed with no verb of promising.",
        "Opening of a second line by May",
    ),
    "commitment.listed": (
        "An item of a list stands under words that bind (“The ministers agreed to:”): these bind it.",
        "agreed: – *to meet in May*",
    ),
    "commitment.own": (
        "A verb of the commitments pack binds in a clause that is no row of statements of its own.",
        "the treaty *obliges* both sides to consult",
    ),
    "commitment.set": ("An event is planned or set for a time.", "the talks *are scheduled for* May"),
    "commitment.slated": ("A person or party is said to be scheduled, due or set to act.", "the premier *is scheduled* to travel in May"),
    "commitment.tasked": ("Those who issue a text, or a speaker, tell their own people to act.", "we *tasked our ministers* to report"),
    "commitment.told": (
        "The cue of a statement is a verb or noun of the commitments pack, and what is said is an act.",
        "the ministers *agreed* to meet",
    ),
    "commitment.will": ("A party is the subject of “will”, “shall” or “be going to”.", "Marn *will* send two ships"),
    "demand.headline": (
        "A title, or in an opinion a sentence, has its verb in the imperative, or is a gerund with no verb behind it.",
        "Publish the study",
    ),
    # duty: who is bound
    "duty.all-sides": (
        "A speaker says “we will” of a joint act (together, each other, our two countries): all who consult are bound.",
        "we will speak with one voice",
    ),
    "duty.cast": (
        "The voice has no known party, but a joint text or words for a group speak (the four ministers, both sides): all who consult.",
        "the two sides agreed to meet",
    ),
    "duty.collective": (
        "The words stand under no statement, and their subject is a collective: its members' states.",
        "*Both governments* will meet",
    ),
    "duty.issuers": ("Those who issued the text bind themselves (“we”, its own noun): they are bound.", ""),
    "duty.only-speaker": (
        "“We” bind in a briefing where one speaker of unknown side answers and one state undertakes by name: that state.",
        "",
    ),
    "duty.own-side": (
        "A speaker binds in the first person, with no word for a joint act or with another party as partner: the speaker's state.",
        "we will help Marn",
    ),
    "duty.person": (
        "The words stand under no statement, and their subject is a person: the state for which the person acts.",
        "*Minister Orn* will travel",
    ),
    "duty.platform": ("A speech binds in the first person: the state of the one who gives it.", ""),
    "duty.source": (
        "The source of the statement ends with the name of a state, or describes one: that state.",
        "*the delegation of Marn* agreed",
    ),
    "duty.subject": ("The words that name who is to act name a state or organisation: that one.", "he said *Marn* will pay"),
    "duty.voice": ("None of the other rules fits: the parties behind the speakers of the statement, if any.", ""),
    "duty.voice-above": (
        "The source is nobody, inside the words of another statement: the parties of that one.",
        "noted that the study was late *and agreed* to end it",
    ),
    # frame: how a verb takes what is said
    "frame.asked": ("Somebody “was asked” something: what was asked; who asked is often not said.", "he *was asked* whether he would stay"),
    "frame.feeling": (
        "An adjective without a verb, or a verb whose object feels, tells an attitude.",
        "*glad* of the offer, the guild signed",
    ),
    "frame.object": ("What is said is the direct object of the verb.", "the council *welcomed* the offer"),
    "frame.object-wh": (
        "What is said is an object that opens with a word of asking: a question, not an act.",
        "discussed *what steps* to take",
    ),
    "frame.passive": ("What is said is the subject of a passive verb, and who says it may be open.", "the study *was welcomed*"),
    "frame.prep": ("What is said stands behind a preposition, which follows the colon of the rule.", "agreed *on* a plan"),
    "frame.reduced": ("A participle stands behind what was said, with its speaker as agent.", "a plan *announced by* the ministry"),
    "frame.seeming": ("A verb of seeming tells what seems to be so, with no speaker.", "the line *is said to be* open"),
    "frame.that": ("What is said is a clause, with or without “that”.", "the council *confirmed that* the line is open"),
    "frame.wh": ("What is said is a clause that opens with a word of asking.", "asked *whether* it was open"),
    "headline.verb": ("A headline in capitals has a verb of saying behind a name or a noun that speaks.", "COUNCIL DENIES DELAY"),
    "noun.light": ("A light verb and a noun of speech are one cue.", "*held talks* on the mines"),
    "noun.nominal": ("A noun of speech has its speaker as possessive or behind a preposition.", "*the guild's criticism* of the law"),
    "question.direct": ("A clause that asks ends with a question mark; each of several joined ones is a row.", "Who pays, and when?"),
    "quote.beside": (
        "A verb that takes quotations, with a subject, stands within 25 code points of the marks.",
        "“Enough,” *the mayor said*",
    ),
    "quote.possessive": ("Quotation marks stand behind a possessive, with no verb of saying.", "the guild's “harbour first”"),
    "quote.text": ("Quotation marks stand right behind the name of a text.", "the statement “on the reef”"),
    # same-meeting: two tellings of different documents
    "same-meeting.judged": ("A person said that both tell one meeting.", ""),
    "same-meeting.same-day": ("Both name the same two or more states and the same day, and neither kind nor forum contradicts.", ""),
    "same-meeting.same-edition": ("Both name the same forum and the same number in its series.", "the third Dialogue"),
    "same-meeting.same-month": ("Both name the same forum, states and month, and no day contradicts.", ""),
    "same-meeting.same-name": (
        "Neither has a forum or date, and both have the same label of three or more telling words.",
        "talks on a code of conduct",
    ),
    "same-meeting.same-people": (
        "Same forum and states; one is undated and names a person of the other, which is dated; both were held.",
        "",
    ),
    "same-meeting.same-window": (
        "Both plan a meeting of the same forum and states, in the same period, or in overlapping ones at the same place.",
        "",
    ),
    "same-meeting.soon-after": (
        "A comment that does not date the meeting appeared within 14 days of a dated one of the same forum and states.",
        "",
    ),
    # telling
    "telling.after-nth": ("A time is counted from an earlier meeting of the series: that meeting is told.", "two years after *the first*"),
    "telling.clause": ("A clause says that parties meet, met or will meet.", "the ministers *will meet* in Lume"),
    "telling.first-in-years": ("“The first time in N years” to meet: a meeting so long before is told.", "the first in seven years"),
    "telling.first-since": ("“The first since” a time: a meeting of the series at that time is told.", "the first since 2019"),
    "telling.own": ("Title, opening or header show which meeting the document itself is about.", "Joint Statement of the Third Dialogue"),
    "telling.phrase": ("A noun phrase names a meeting, with no clause that holds it.", "*the talks on the reef* failed"),
    "telling.press-conference": ("The document tells a press conference after its own meeting.", ""),
    "turn.label": ("A block begins with a speaker's label: all of it is what that speaker says.", "MINISTER ORN: Thank you."),
    # voice: who speaks
    "voice.author": ("“I” in a speech whose speaker is known: that person.", ""),
    "voice.editorial-we": ("“I” or “we” in an editorial or another opinion, outside quotations: the writer.", "we welcome it"),
    "voice.forum-we": ("“We” in a text of a forum with too many members to speak one by one: the organisation or forum itself.", ""),
    "voice.i": ("“I” within a turn or quotation: its speaker.", ""),
    "voice.issuer": (
        "A body speaks by its noun alone in an official text: the organisation that the text names most.",
        "*the Council* decided",
    ),
    "voice.issuers-we": ("“We” in an official text, outside quotations: the principals who issued it.", ""),
    "voice.joined": (
        "Several sources are joined by “and”: the speakers of each part; the weakest certainty holds.",
        "*the mayor and I* agreed",
    ),
    "voice.joint-we": (
        "“We” in a turn of a press conference, of what happened at the meeting, or with states that met: all who met.",
        "we agreed today",
    ),
    "voice.label": ("The label of a turn: the person whom it names, else the label itself behind a question mark.", "Q: ..."),
    "voice.members-of-another-document": (
        "A collective whose members only another document of the same meeting names: those.",
        "the four ministers",
    ),
    "voice.name": ("The source is the name of states or organisations, or of a place that stands for one: these.", "*Marn* agreed"),
    "voice.nobody": ("No source is named, and it is hearsay, a slogan, or told in a text about no meeting: nobody.", "it is said that"),
    "voice.person": ("The source names one or more persons: these; a surname that several bear is ambiguous.", "*Orn* said"),
    "voice.speaker-of-state": ("“I” in a speech whose speaker is unknown and whose state is known: an unknown person of that state.", ""),
    "voice.title": ("The source is a title without a name: the person whom the text gives that office.", "*the foreign minister* said"),
    "voice.unknown": ("No rule knows the source: its words behind a question mark.", "?fishermen"),
    "voice.unknown-name": ("Two to four capitalised words that no pack knows: a person by that name, as printed.", "*Ada Quill* said"),
    "voice.unnamed": ("No source is named, in a text about a meeting: the states that met, probably.", "it was agreed to meet"),
    "voice.we": ("“We” in a turn or quotation that no other rule explains: its speaker.", ""),
    "voice.we-": (
        "“We” in a speech that means no delegation: the kind of group follows (inclusive, generic), nobody in particular.",
        "as *we* all know",
    ),
    "voice.we-delegation": (
        "“We” in a speech means the speaker's own side by the cues of the persons pack: the state, or the person.",
        "*we* have ratified it",
    ),
    "voice.we-group": (
        "“We” in a speech stands beside the name of a forum or organisation: its members, or it.",
        "*we*, the members of the League",
    ),
    "voice.writer": ("An act of the writer's own, with no source: the writer.", "This is to be welcomed."),
    "call.others": (
        "The parties to a conflict, who are not those who met, should act: their words behind a question mark.",
        "all parties to the war must stop",
    ),
    "commitment.coming": (
        "An act of a party is foretold by “will” with the act, not the party, as its subject.",
        "*a second line will be opened*",
    ),
    "commitment.due": ("An event or act is said to be due, or “is to” come, at a time.", "the talks *are due* in May"),
    "voice.one": ("“One” in an opinion, outside quotations: the writer, probably.", "*one* hopes"),
    "voice.person-of-another-document": (
        "A title without a name, whose bearer only another document of the same meeting names: that person.",
        "",
    ),
    "voice.they": ("“They” stands for the speakers of the statement around or before it who agree with it in number.", "*They* agreed"),
}

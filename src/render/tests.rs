//! The whole page, looked at with fixed eyes.

use super::*;
use crate::output::report::Report;

fn style(width: usize) -> Style {
    Style { width, colour: false, unicode: true }
}

fn options(detail: Detail) -> Options {
    Options { detail, snippets: true, time_zone: jiff::tz::TimeZone::UTC }
}

fn normal(report: &Report, width: usize) -> String {
    super::report(report, style(width), &options(Detail::Normal))
}

#[test]
fn scored_by_claude_at_80_columns() {
    insta::assert_snapshot!(normal(&sample::claude(), 80), @r#"
    Nadia with Tomas Berg · 18 min 44 s · bakery.vtt · no date · c7
    ────────────────────────────────────────────────────────────────────────────────
     47  needs work
     Next meeting booked and the buyer took part, but nobody asked for the goal or
     why now.

    LAST TIME  Ask "compared with what?" before answering a price.   not done (8:42)

    NEXT CALL
     Before you show anything, ask once: "What made you look at this now, and what
     should be different?"

      1:48  Tomas Berg  "Two drivers quit this spring, and the others are tired of
                        it."
      2:05  Nadia       "Right, so let me show you what our planner does with forty
                        stops, because it is really quite something to see."
                        No question about it: the demo began 13 s later.

    SCORES                                       weight   checks
     Discovery          █████████▁▁▁▁▁▁▁▁▁▁▁  43   35 %   21 of 21   needs work
     Handling concerns  █████▁▁▁▁▁▁▁▁▁▁▁▁▁▁▁  27   25 %   14 of 14   needs work
     Engagement         ██████████████▁▁▁▁▁▁  69   25 %   14 of 14   solid
     Product knowledge  ███████████▁▁▁▁▁▁▁▁▁  55   15 %    9 of 9    needs work
     Overall, as AE     █████████▁▁▁▁▁▁▁▁▁▁▁  47          58 of 58
     8 more checks did not apply to this call.

    CONCERNS  2 raised, none settled
     trust      open
      4:12  Tomas Berg  "But it does not know our back roads, does it?"
                        Came back at 5:14 and 9:02.
      4:18  Nadia       "Most customers are very happy with the maps, I am told."
     pricing    parked without a date
      8:37  Tomas Berg  "That is a lot for six vans."
      8:42  Nadia       "I could take twenty percent off if that helps you."

    KEEP DOING
      1:20  Nadia       "What does a late van mean for the shops?"
                        Asked what the problem leads to, and got an honest answer.

    CHANGE
      8:42  Nadia       "I could take twenty percent off if that helps you."
                        A discount before any question.

    NUMBERS                    this call       guide
     Talk share, Nadia         71 %            up to 65 %      over
     Longest stretch, Nadia    1:52            up to 2:30      within
     Wait before answering     0.4 s           0.6 s or more   under
     Questions by Nadia        12, 4 open      –
     Questions by Tomas Berg   6               –
     Next step                 Tuesday 10 AM   who and what for: not said

     The kind of call is not known, so every check was asked; name it with
     --call-type.

     Coached: Nadia, given with --rep. Role: AE, assumed; change with --role.
     Scored by claude-sonnet-5-5, rubric 1.0.0, just now. 44 of 46 quotes held; 2
     were dropped. 4 requests, 26,100 tokens, $0.09. Running it again is free.
     A coaching aid, not an employment decision.

     Every check: --full   Disagree: call-coach review c7   Read: call-coach show c7
    "#);
}

#[test]
fn built_in_analyst_at_80_columns() {
    insta::assert_snapshot!(normal(&sample::local(), 80), @r#"
    Nadia with Tomas Berg · 18 min 44 s · bakery.vtt · no date · c7
    ────────────────────────────────────────────────────────────────────────────────
     53  needs work     a first look: 34 of 58 checks answered without Claude
     Next meeting booked and the buyer took part, but nobody asked for the goal or
     why now.

    NEXT CALL
     Before you show anything, ask once: "What made you look at this now, and what
     should be different?"

      1:48  Tomas Berg  "Two drivers quit this spring, and the others are tired of
                        it."
      2:05  Nadia       "Right, so let me show you what our planner does with forty
                        stops, because it is really quite something to see."
                        No question about it: the demo began 13 s later.

    SCORES                                       weight   checks
     Discovery          ███████████▁▁▁▁▁▁▁▁▁  57   35 %   14 of 21   needs work
     Handling concerns  ███████▁▁▁▁▁▁▁▁▁▁▁▁▁  33   25 %    8 of 14   needs work
     Engagement         ██████████████▁▁▁▁▁▁  68   25 %   11 of 14   solid
     Product knowledge  not enough to say          15 %    1 of 9
     Overall, as AE     ███████████▁▁▁▁▁▁▁▁▁  53          from 3 of 4 parts
     8 more checks did not apply to this call.

    CONCERNS  2 raised, none settled
     trust      open
      4:12  Tomas Berg  "But it does not know our back roads, does it?"
                        Came back at 5:14 and 9:02.
      4:18  Nadia       "Most customers are very happy with the maps, I am told."
     pricing    parked without a date
      8:37  Tomas Berg  "That is a lot for six vans."
      8:42  Nadia       "I could take twenty percent off if that helps you."

    KEEP DOING
      1:20  Nadia       "What does a late van mean for the shops?"
                        Asked what the problem leads to, and got an honest answer.

    CHANGE
      8:42  Nadia       "I could take twenty percent off if that helps you."
                        A discount before any question.

    NUMBERS                    this call       guide
     Talk share, Nadia         71 %            up to 65 %      over
     Longest stretch, Nadia    1:52            up to 2:30      within
     Wait before answering     0.4 s           0.6 s or more   under
     Questions by Nadia        12, 4 open      –
     Questions by Tomas Berg   6               –
     Next step                 Tuesday 10 AM   who and what for: not said

     The kind of call is not known, so every check was asked; name it with
     --call-type.

     Coached: Nadia, given with --rep. Role: AE, assumed; change with --role.
     Scored on this machine by the built-in analyst, rubric 1.0.0, just now. It
     counts words and times; it does not understand what was meant. Nothing was sent
     anywhere. 31 quotes held.
     A coaching aid, not an employment decision.

     Every check: --full   Disagree: call-coach review c7   Read: call-coach show c7
    "#);
}

#[test]
fn brief_is_the_first_block_only() {
    insta::assert_snapshot!(report(&sample::local(), style(80), &options(Detail::Brief)), @r#"
    Nadia with Tomas Berg · 18 min 44 s · bakery.vtt · no date · c7
    ────────────────────────────────────────────────────────────────────────────────
     53  needs work     a first look: 34 of 58 checks answered without Claude
     Next meeting booked and the buyer took part, but nobody asked for the goal or
     why now.

    NEXT CALL
     Before you show anything, ask once: "What made you look at this now, and what
     should be different?"

      1:48  Tomas Berg  "Two drivers quit this spring, and the others are tired of
                        it."
      2:05  Nadia       "Right, so let me show you what our planner does with forty
                        stops, because it is really quite something to see."
                        No question about it: the demo began 13 s later.
    "#);
}

#[test]
fn a_recording_that_is_no_call_to_coach() {
    insta::assert_snapshot!(normal(&sample::not_scored(), 80), @"
    Nadia · 18 min 44 s · bakery.vtt · no date · c7
    ────────────────────────────────────────────────────────────────────────────────
     No score: this is not a call to coach.
     Only our own people speak on it (Nadia, Priya). Stored, not scored.
     If Priya is the customer: --buyer Priya

    NUMBERS                   this call   guide
     Talk share, Nadia        71 %        up to 65 %   over
     Longest stretch, Nadia   1:52        up to 2:30   within

     Coached: Nadia, given with --rep. Role: AE, assumed; change with --role.

     Read: call-coach show c7
    ");
}

#[test]
fn a_markdown_document_that_is_no_call_to_coach() {
    insta::assert_snapshot!(markdown(&sample::not_scored(), &options(Detail::Normal)), @"
    # Nadia

    18 min 44 s · bakery.vtt · no date · c7

    **No score: this is not a call to coach.**

    Only our own people speak on it (Nadia, Priya). Stored, not scored.

    If Priya is the customer: --buyer Priya

    ## Numbers

    |  | This call | Guide |  |
    | --- | --- | --- | --- |
    | Talk share, Nadia | 71 % | up to 65 % | over |
    | Longest stretch, Nadia | 1:52 | up to 2:30 | within |

    ## People

    - Nadia: ours (given with a flag), 71 % of the talk

    ---

    Coached: Nadia, given with --rep. Role: AE, assumed; change with --role.

    Read: call-coach show c7
    ");
}

#[test]
fn remarks_on_the_score_go_below_it_where_they_must() {
    let mut report = sample::local();
    report.overall.up_to = Some(58.0);
    report.dimensions[2].unverified = 2;
    let page = super::report(&report, style(80), &options(Detail::Brief));
    insta::assert_snapshot!(page.lines().skip(2).take(3).collect::<Vec<_>>().join("\n"), @"
    53  needs work     up to 58 if 2 unproven claims hold
        a first look: 34 of 58 checks answered without Claude
    Next meeting booked and the buyer took part, but nobody asked for the goal or
    ");
}

#[test]
fn a_long_quote_is_cut_at_its_end_and_marked() {
    let mut report = sample::local();
    let quote = "we would have to see about that because ".repeat(20);
    report.moments = vec![];
    report.action.as_mut().unwrap().spoken = vec![sample::tomas((75, 3), quote.trim())];
    let page = super::report(&report, style(80), &options(Detail::Brief));
    insta::assert_snapshot!(page.lines().skip(9).collect::<Vec<_>>().join("\n"), @r#"
    1:15:03  Tomas Berg  "we would have to see about that because we would have to
                         see about that because we would have to see about that
                         because we would have to see about that because we …"
    "#);
}

#[test]
fn a_transcript_without_times_names_lines() {
    let mut report = sample::local();
    report.action.as_mut().unwrap().spoken.iter_mut().for_each(|spoken| spoken.start_ms = None);
    let page = super::report(&report, style(80), &options(Detail::Brief));
    insta::assert_snapshot!(page.lines().skip(9).collect::<Vec<_>>().join("\n"), @r#"
    line 11  Tomas Berg  "Two drivers quit this spring, and the others are tired
                         of it."
    line 13  Nadia       "Right, so let me show you what our planner does with
                         forty stops, because it is really quite something to
                         see."
    "#);
}

#[test]
fn every_check_at_80_columns() {
    let page = report(&sample::local(), style(80), &options(Detail::Full));
    let from = page.find("OVERALL").unwrap();
    let to = page.find("Coached").unwrap();
    insta::assert_snapshot!(&page[from..to], @r#"
    OVERALL  53  =  41.2% × 57.3 + 29.4% × 33 + 29.4% × 68

    DISCOVERY  57  =  38.5% × 87.5 + 30.8% × 0 + 30.8% × 75

     Problem and its cost                                          88   weight 25
      yes        problem in buyers words   1:31  Tomas Berg  "Every morning two of
                                                             the six vans come in an
                                                             hour late."
      yes        cost asked                1:20  Nadia       "What does a late van
                                                             mean for the shops?"
                 Corrected by Mara.
      partial    cost said by buyer        1:40  Tomas Berg  "Well, people notice."
                 In general words; no number or event.
      not proven cause explored
                 Costs 1.1 points of the overall score.

     Goal and why now                                               0   weight 20
      not heard  why now asked             chance: 1:48, after "Two drivers quit
                                           this spring, and the others are tired of
                                           it."
      can't tell: goal said by buyer, success measure
      did not apply: worth said by buyer
                 Costs 7.0 points of the overall score: the largest single loss.

     How they will decide                                           –   weight 20
      can't tell: who decides asked

     Listening                                                     75   weight 20
      partial    talk share in range       71 %, guide: up to 65 %
      no         no pitch before a         2:05  Nadia       "Right, so let me show
                 problem                                     you what our planner
                                                             does with forty stops."
                 Costs 1.8 points of the overall score.

    HANDLING CONCERNS  33

    ENGAGEMENT  68

    PRODUCT KNOWLEDGE  not enough to say

    PEOPLE
     Nadia        ours (given with a flag), 71 % of the talk
     Tomas Berg   customer (given with a flag), 29 % of the talk

     The kind of call is not known, so every check was asked; name it with
     --call-type.
    "#);
}

#[test]
fn moments_stand_beside_the_scores_at_120_columns() {
    insta::assert_snapshot!(normal(&sample::local(), 120), @r#"
    Nadia with Tomas Berg · 18 min 44 s · bakery.vtt · no date · c7
    ────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────
     53  needs work     a first look: 34 of 58 checks answered without Claude
     Next meeting booked and the buyer took part, but nobody asked for the goal or why now.

    NEXT CALL
     Before you show anything, ask once: "What made you look at this now, and what should be different?"

      1:48  Tomas Berg  "Two drivers quit this spring, and the others are tired of it."
      2:05  Nadia       "Right, so let me show you what our planner does with forty stops, because it is really quite
                        something to see."
                        No question about it: the demo began 13 s later.

    SCORES                                                 weight   checks                   KEEP DOING
     Discovery          █████████████████▁▁▁▁▁▁▁▁▁▁▁▁▁  57   35 %   14 of 21   needs work      1:20  Nadia
     Handling concerns  ██████████▁▁▁▁▁▁▁▁▁▁▁▁▁▁▁▁▁▁▁▁  33   25 %    8 of 14   needs work            "What does a late van
     Engagement         ████████████████████▁▁▁▁▁▁▁▁▁▁  68   25 %   11 of 14   solid                 mean for the shops?"
     Product knowledge  not enough to say                    15 %    1 of 9                          Asked what the problem
     Overall, as AE     ████████████████▁▁▁▁▁▁▁▁▁▁▁▁▁▁  53          from 3 of 4 parts                leads to, and got an
     8 more checks did not apply to this call.                                                       honest answer.

    CONCERNS  2 raised, none settled                                                         CHANGE
     trust      open                                                                           8:42  Nadia
      4:12  Tomas Berg  "But it does not know our back roads, does it?"                              "I could take twenty
                        Came back at 5:14 and 9:02.                                                  percent off if that
      4:18  Nadia       "Most customers are very happy with the maps, I am told."                    helps you."
     pricing    parked without a date                                                                A discount before any
      8:37  Tomas Berg  "That is a lot for six vans."                                                question.
      8:42  Nadia       "I could take twenty percent off if that helps you."

    NUMBERS                    this call       guide
     Talk share, Nadia         71 %            up to 65 %      over
     Longest stretch, Nadia    1:52            up to 2:30      within
     Wait before answering     0.4 s           0.6 s or more   under
     Questions by Nadia        12, 4 open      –
     Questions by Tomas Berg   6               –
     Next step                 Tuesday 10 AM   who and what for: not said

     The kind of call is not known, so every check was asked; name it with --call-type.

     Coached: Nadia, given with --rep. Role: AE, assumed; change with --role.
     Scored on this machine by the built-in analyst, rubric 1.0.0, just now. It counts words and times; it does not
     understand what was meant. Nothing was sent anywhere. 31 quotes held.
     A coaching aid, not an employment decision.

     Every check: --full   Disagree: call-coach review c7   Read: call-coach show c7
    "#);
}

#[test]
fn bars_and_weights_give_way_at_60_columns() {
    insta::assert_snapshot!(normal(&sample::local(), 60), @r#"
    Nadia with Tomas Berg · 18 min 44 s · bakery.vtt · no date
    c7
    ────────────────────────────────────────────────────────────
     53  needs work
         a first look: 34 of 58 checks answered without Claude
     Next meeting booked and the buyer took part, but nobody
     asked for the goal or why now.

    NEXT CALL
     Before you show anything, ask once: "What made you look at
     this now, and what should be different?"

      1:48  Tomas Berg  "Two drivers quit this spring, and the
                        others are tired of it."
      2:05  Nadia       "Right, so let me show you what our
                        planner does with forty stops, because
                        it is really quite something to see."
                        No question about it: the demo began 13
                        s later.

    SCORES                     checks
     Discovery            57   14 of 21   needs work
     Handling concerns    33    8 of 14   needs work
     Engagement           68   11 of 14   solid
     Product knowledge     –    1 of 9    not enough to say
     Overall, as AE       53   from 3 of 4 parts
     8 more checks did not apply to this call.

    CONCERNS  2 raised, none settled
     trust      open
      4:12  Tomas Berg  "But it does not know our back roads,
                        does it?"
                        Came back at 5:14 and 9:02.
      4:18  Nadia       "Most customers are very happy with the
                        maps, I am told."
     pricing    parked without a date
      8:37  Tomas Berg  "That is a lot for six vans."
      8:42  Nadia       "I could take twenty percent off if that
                        helps you."

    KEEP DOING
      1:20  Nadia       "What does a late van mean for the
                        shops?"
                        Asked what the problem leads to, and got
                        an honest answer.

    CHANGE
      8:42  Nadia       "I could take twenty percent off if that
                        helps you."
                        A discount before any question.

    NUMBERS               this call       guide
     Talk share, Nadia    71 %            up to 65 %      over
     Longest stretch,     1:52            up to 2:30      within
     Nadia
     Wait before          0.4 s           0.6 s or more   under
     answering
     Questions by Nadia   12, 4 open      –
     Questions by Tomas   6               –
     Berg
     Next step            Tuesday 10 AM   who and what for: not
                                          said

     The kind of call is not known, so every check was asked;
     name it with --call-type.

     Coached: Nadia, given with --rep. Role: AE, assumed; change
     with --role.
     Scored on this machine by the built-in analyst, rubric
     1.0.0, just now. It counts words and times; it does not
     understand what was meant. Nothing was sent anywhere. 31
     quotes held.
     A coaching aid, not an employment decision.

     Every check: --full   Disagree: call-coach review c7
     Read: call-coach show c7
    "#);
}

#[test]
fn without_snippets_nothing_of_the_transcript_is_quoted() {
    let options = Options { snippets: false, ..options(Detail::Full) };
    let page = report(&sample::local(), style(80), &options);
    for words in ["drivers", "planner", "late van", "back roads", "six vans", "twenty percent"] {
        assert!(!page.contains(words), "{words} in\n{page}");
    }
    let from = page.find("CONCERNS").unwrap();
    let to = page.find("NUMBERS").unwrap();
    insta::assert_snapshot!(&page[from..to], @"
    CONCERNS  2 raised, none settled
     trust      open
      4:12  Tomas Berg  Came back at 5:14 and 9:02.
      4:18  Nadia
     pricing    parked without a date
      8:37  Tomas Berg
      8:42  Nadia

    KEEP DOING
      1:20  Nadia       Asked what the problem leads to, and got an honest answer.

    CHANGE
      8:42  Nadia       A discount before any question.
    ");
}

#[test]
fn paces_are_told_under_full_only() {
    let told = |detail| {
        let report = sample::local();
        [super::report(&report, style(80), &options(detail)), markdown(&report, &options(detail))]
            .map(|page| page.contains("148 words and 3.3 filler words a minute"))
    };
    assert_eq!((told(Detail::Normal), told(Detail::Full)), ([false; 2], [true; 2]));
}

#[test]
fn ascii_terminals_get_ascii() {
    let style = Style { unicode: false, ..style(80) };
    let page = report(&sample::local(), style, &options(Detail::Full));
    assert!(page.is_ascii(), "{page}");
}

#[test]
fn a_markdown_document() {
    insta::assert_snapshot!(markdown(&sample::claude(), &options(Detail::Normal)), @r#"
    # Nadia with Tomas Berg

    18 min 44 s · bakery.vtt · no date · c7

    **47, needs work**

    Next meeting booked and the buyer took part, but nobody asked for the goal or why now.

    **Last time:** Ask "compared with what?" before answering a price. **Not done (8:42).**

    ## Next call

    Before you show anything, ask once: "What made you look at this now, and what should be different?"

    > **1:48 Tomas Berg** "Two drivers quit this spring, and the others are tired of it."
    >
    > **2:05 Nadia** "Right, so let me show you what our planner does with forty stops, because it is really quite something to see."

    No question about it: the demo began 13 s later.

    ## Scores

    | Part | Score |  | Weight | Checks |
    | --- | ---: | --- | ---: | --- |
    | Discovery | 43 | needs work | 35 % | 21 of 21 |
    | Handling concerns | 27 | needs work | 25 % | 14 of 14 |
    | Engagement | 69 | solid | 25 % | 14 of 14 |
    | Product knowledge | 55 | needs work | 15 % | 9 of 9 |
    | **Overall, as AE** | **47** |  |  | 58 of 58 |

    8 more checks did not apply to this call.

    ## Concerns

    2 raised, none settled.

    **Trust**: open

    > **4:12 Tomas Berg** "But it does not know our back roads, does it?"
    >
    > **4:18 Nadia** "Most customers are very happy with the maps, I am told."

    Came back at 5:14 and 9:02.

    **Pricing**: parked without a date

    > **8:37 Tomas Berg** "That is a lot for six vans."
    >
    > **8:42 Nadia** "I could take twenty percent off if that helps you."

    ## Keep doing

    > **1:20 Nadia** "What does a late van mean for the shops?"

    Asked what the problem leads to, and got an honest answer.

    ## Change

    > **8:42 Nadia** "I could take twenty percent off if that helps you."

    A discount before any question.

    ## Numbers

    |  | This call | Guide |  |
    | --- | --- | --- | --- |
    | Talk share, Nadia | 71 % | up to 65 % | over |
    | Longest stretch, Nadia | 1:52 | up to 2:30 | within |
    | Wait before answering | 0.4 s | 0.6 s or more | under |
    | Questions by Nadia | 12, 4 open | – |  |
    | Questions by Tomas Berg | 6 | – |  |
    | Next step | Tuesday 10 AM | who and what for: not said |  |

    ## People

    - Nadia: ours (given with a flag), 71 % of the talk
    - Tomas Berg: customer (given with a flag), 29 % of the talk

    ---

    The kind of call is not known, so every check was asked; name it with --call-type.

    Coached: Nadia, given with --rep. Role: AE, assumed; change with --role.

    Scored by claude-sonnet-5-5, rubric 1.0.0, just now. 44 of 46 quotes held; 2 were dropped. 4 requests, 26,100 tokens, \$0.09. Running it again is free.

    A coaching aid, not an employment decision.

    Every check: --full · Disagree: call-coach review c7 · Read: call-coach show c7
    "#);
}

#[test]
fn every_check_in_markdown() {
    let page = markdown(&sample::local(), &options(Detail::Full));
    let from = page.find("## Overall").unwrap();
    let to = page.find("## People").unwrap();
    insta::assert_snapshot!(&page[from..to], @r#"
    ## Overall: 53

    53 = 41.2% × 57.3 + 29.4% × 33 + 29.4% × 68

    ## Discovery: 57

    57 = 38.5% × 87.5 + 30.8% × 0 + 30.8% × 75

    ### Problem and its cost: 88, weight 25

    | Verdict | Check | Proof |
    | --- | --- | --- |
    | yes | problem in buyers words | **1:31 Tomas Berg** "Every morning two of the six vans come in an hour late." |
    | yes | cost asked | **1:20 Nadia** "What does a late van mean for the shops?"; Corrected by Mara. |
    | partial | cost said by buyer | **1:40 Tomas Berg** "Well, people notice."; In general words; no number or event. |
    | not proven | cause explored |  |

    Costs 1.1 points of the overall score.

    ### Goal and why now: 0, weight 20

    | Verdict | Check | Proof |
    | --- | --- | --- |
    | not heard | why now asked | chance: **1:48 Tomas Berg** "Two drivers quit this spring, and the others are tired of it." |
    | can't tell | goal said by buyer |  |
    | can't tell | success measure |  |
    | did not apply | worth said by buyer |  |

    Costs 7.0 points of the overall score: the largest single loss.

    ### How they will decide: –, weight 20

    | Verdict | Check | Proof |
    | --- | --- | --- |
    | can't tell | who decides asked |  |

    ### Listening: 75, weight 20

    | Verdict | Check | Proof |
    | --- | --- | --- |
    | partial | talk share in range | 71 %, guide: up to 65 % |
    | no | no pitch before a problem | **2:05 Nadia** "Right, so let me show you what our planner does with forty stops." |

    Costs 1.8 points of the overall score.

    ## Handling concerns: 33

    ## Engagement: 68

    ## Product knowledge: not enough to say
    "#);
}

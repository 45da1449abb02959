//! Every check, and a page without quotes.

use super::{options, style};
use crate::render::*;

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
        let call = sample::local();
        [report(&call, style(80), &options(detail)), markdown(&call, &options(detail))]
            .map(|page| page.contains("148 words and 3.3 filler words a minute"))
    };
    assert_eq!((told(Detail::Normal), told(Detail::Full)), ([false; 2], [true; 2]));
}

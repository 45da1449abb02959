use call_coach::model::ids::CallRef;
use call_coach::model::party::{Side, SideSource};
use call_coach::store::{CallFilter, MemberChange, Page, StoreError};

use crate::support::database::on_every_engine;
use crate::support::invented::{at, call, party, scored_call};

fn change(email: &str, name: &str) -> MemberChange {
    MemberChange { name: Some(name.to_owned()), emails: vec![email.to_owned()], ..MemberChange::default() }
}

#[tokio::test]
async fn what_is_said_about_a_person_adds_to_what_is_known() {
    on_every_engine(async |store| {
        let (mara, new) = store.set_member(None, &change("Mara@acme.example", "Mara")).await.unwrap();
        assert!(new);
        let more = MemberChange {
            emails: vec!["mara@acme.example".into(), "m@acme.example".into()],
            aliases: vec!["Mara L".into()],
            role: Some("ae".into()),
            no_coaching: Some(true),
            ..MemberChange::default()
        };
        assert_eq!(store.set_member(None, &more).await.unwrap(), (mara, false));
        let members = store.roster().await.unwrap();
        assert_eq!(members.len(), 1);
        assert_eq!(members[0].emails, ["m@acme.example", "mara@acme.example"]);
        assert_eq!((members[0].aliases.len(), members[0].no_coaching, members[0].active), (1, true, true));
        assert_eq!((members[0].name.as_deref(), members[0].role.as_deref()), (Some("Mara"), Some("ae")));
        let taken =
            store.set_member(None, &MemberChange { aliases: vec!["mara l".into()], ..change("x@y.z", "X") }).await;
        assert!(matches!(taken, Err(StoreError::KeyTaken(alias)) if alias == "mara l"));
        assert_eq!(store.roster().await.unwrap().len(), 1, "nothing of a refused change is kept");
    })
    .await;
}

#[tokio::test]
async fn the_roster_tells_the_side_of_people_known_by_e_mail_but_not_by_name() {
    on_every_engine(async |store| {
        store.set_member(None, &change("roger@acme.example", "Roger")).await.unwrap();
        let mut one = call("a", None);
        one.parties = vec![
            party("Roger", Some("ROGER@acme.example"), Side::Unknown),
            party("Roger", None, Side::Unknown),
            party("Dana", None, Side::Buyer),
        ];
        let stored = store.put_call(&one, None, at(0)).await.unwrap().stored;
        let sides: Vec<_> = stored.call.parties.iter().map(|party| (party.side, party.side_source)).collect();
        assert_eq!(sides[0], (Side::Rep, Some(SideSource::Roster)));
        assert_eq!(sides[1], (Side::Unknown, None), "a namesake is not taken for ours");
        assert_eq!((stored.reps[0].is_some(), stored.reps[1], stored.reps[2]), (true, None, None));
    })
    .await;
}

#[tokio::test]
async fn an_alias_in_any_letters_links_the_calls_that_are_stored() {
    on_every_engine(async |store| {
        let mut one = call("a", None);
        one.parties = vec![party("Örjan ÄKTA", None, Side::Rep), party("Dana", None, Side::Buyer)];
        store.put_call(&one, None, at(0)).await.unwrap();
        let known = MemberChange { aliases: vec!["örjan äkta".into()], ..change("orjan@acme.example", "Örjan") };
        let (orjan, _) = store.set_member(None, &known).await.unwrap();
        let found = CallFilter { rep: Some(orjan), ..CallFilter::default() };
        assert_eq!(store.search(&found, Page { limit: 1, ..Page::default() }).await.unwrap().total, 1);
    })
    .await;
}

#[tokio::test]
async fn whoever_is_not_to_be_coached_has_no_score_until_they_take_it_back() {
    on_every_engine(async |store| {
        let (scored, mara, _) = scored_call(&store, "a", Some(at(10))).await;
        let wish = |no_coaching| MemberChange { no_coaching: Some(no_coaching), ..MemberChange::default() };
        let filter =
            CallFilter { min_score: Some(0), dimension: Some("discovery".to_owned()), ..CallFilter::default() };
        let found = async || {
            let with_score = store.search(&filter, Page::default()).await.unwrap().total;
            let all = store.search(&CallFilter::default(), Page { limit: 10, ..Page::default() }).await.unwrap();
            (with_score, all.total, all.calls[0].scores.len())
        };
        assert_eq!(found().await, (1, 1, 1));
        store.set_member(Some(mara), &wish(true)).await.unwrap();
        assert_eq!(found().await, (0, 1, 0), "the call is there, and no score of it");
        // Somebody else was scoring it meanwhile.
        let late =
            crate::support::invented::new_scores(scored, mara, ("discovery", call_coach::store::AnswersId(1)), 90.0);
        store.append_scores(&late, at(2)).await.unwrap();
        assert_eq!(found().await, (0, 1, 0));
        store.set_member(Some(mara), &wish(false)).await.unwrap();
        assert_eq!(found().await, (1, 1, 1));
    })
    .await;
}

#[tokio::test]
async fn two_who_are_one_keep_all_results() {
    on_every_engine(async |store| {
        let (first, mara, _) = scored_call(&store, "a", Some(at(10))).await;
        let mut other = call("b", Some(at(20)));
        other.parties[0] = party("Mara", None, Side::Rep);
        let second = store.put_call(&other, None, at(0)).await.unwrap().stored.call_ref;
        let name_only = store.rep_of_party(second, 0).await.unwrap().id;
        // Scored on the same call under both names.
        store
            .append_scores(
                &crate::support::invented::new_scores(
                    first,
                    name_only,
                    ("discovery", call_coach::store::AnswersId(1)),
                    70.0,
                ),
                at(2),
            )
            .await
            .unwrap();
        let members = store.roster().await.unwrap();
        assert_eq!(members[1].display_name(), "Mara (name only)");
        store.merge_reps(mara, name_only).await.unwrap();
        let members = store.roster().await.unwrap();
        assert_eq!((members.len(), members[0].id), (1, mara));
        assert_eq!(store.call(CallRef(second.0)).await.unwrap().reps[0], Some(mara));
        assert_eq!(store.rep_of_party(second, 0).await.unwrap().id, mara, "the name means her from now on");

        let mut married = call("c", Some(at(30)));
        married.parties[0] = party("Mara Öz", Some("mara.oez@acme.com"), Side::Rep);
        let third = store.put_call(&married, None, at(0)).await.unwrap().stored.call_ref;
        let other = store.rep_of_party(third, 0).await.unwrap().id;
        store.merge_reps(mara, other).await.unwrap();
        let members = store.roster().await.unwrap();
        assert_eq!((members.len(), &members[0].aliases), (1, &vec!["mara öz".to_owned()]), "her other name is kept");
    })
    .await;
}

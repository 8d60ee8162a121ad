using Dispatch.Domain.Alerts;
using static Dispatch.Domain.Tests.Given;

namespace Dispatch.Domain.Tests.Alerts;

/// <summary>Every state of an offer against every answer, and against every report of progress.</summary>
public sealed class OfferTableTests
{
    private static readonly Table Answers = Table.Of("""
        her offer is             | accept        | accept.otherMode | decline.busy  | decline.tooFar | decline.unsafe | decline.conflict | decline.other | delivered | leavesDuty
        open                     | changed       | modeNotOffered   | changed       | changed        | changed        | changed          | changed       | changed   | changed
        accepted.accepted        | same          | same             | wrongProgress | wrongProgress  | wrongProgress  | wrongProgress    | wrongProgress | changed   | same
        accepted.noConflict      | same          | same             | wrongProgress | wrongProgress  | wrongProgress  | wrongProgress    | wrongProgress | changed   | same
        accepted.enRoute         | same          | same             | wrongProgress | wrongProgress  | wrongProgress  | wrongProgress    | wrongProgress | changed   | same
        accepted.arrived         | same          | same             | wrongProgress | wrongProgress  | wrongProgress  | wrongProgress    | wrongProgress | changed   | same
        accepted.pickedUp        | same          | same             | wrongProgress | wrongProgress  | wrongProgress  | wrongProgress    | wrongProgress | changed   | same
        accepted.done            | same          | same             | wrongProgress | wrongProgress  | wrongProgress  | wrongProgress    | wrongProgress | changed   | same
        accepted.released        | offerClosed   | offerClosed      | wrongProgress | wrongProgress  | wrongProgress  | wrongProgress    | wrongProgress | changed   | same
        accepted.standOff        | same          | same             | wrongProgress | wrongProgress  | wrongProgress  | wrongProgress    | wrongProgress | changed   | changed
        accepted.callOff         | offerClosed   | offerClosed      | wrongProgress | wrongProgress  | wrongProgress  | wrongProgress    | wrongProgress | changed   | same
        silent.accepted          | same          | same             | wrongProgress | wrongProgress  | wrongProgress  | wrongProgress    | wrongProgress | changed   | same
        silent.noConflict        | same          | same             | wrongProgress | wrongProgress  | wrongProgress  | wrongProgress    | wrongProgress | changed   | same
        silent.enRoute           | same          | same             | wrongProgress | wrongProgress  | wrongProgress  | wrongProgress    | wrongProgress | changed   | same
        declined.busy            | changed       | modeNotOffered   | same          | same           | same           | changed          | same          | changed   | same
        declined.tooFar          | changed       | modeNotOffered   | same          | same           | same           | changed          | same          | changed   | same
        declined.unsafe          | changed       | modeNotOffered   | same          | same           | same           | changed          | same          | changed   | same
        declined.conflict        | offerClosed   | offerClosed      | same          | same           | same           | same             | same          | changed   | same
        declined.other           | changed       | modeNotOffered   | same          | same           | same           | changed          | same          | changed   | same
        withdrawn.filled         | alreadyFilled | alreadyFilled    | changed       | changed        | changed        | changed          | changed       | changed   | changed
        withdrawn.excluded       | offerClosed   | offerClosed      | same          | same           | same           | changed          | same          | changed   | same
        withdrawn.conflict       | offerClosed   | offerClosed      | same          | same           | same           | changed          | same          | changed   | same
        withdrawn.consentWithdrawn | offerClosed | offerClosed      | same          | same           | same           | changed          | same          | changed   | same
        withdrawn.offDuty        | offerClosed   | offerClosed      | same          | same           | same           | changed          | same          | changed   | same
        withdrawn.ended          | offerClosed   | offerClosed      | same          | same           | same           | changed          | same          | changed   | same
        withdrawn.needClosed     | offerClosed   | offerClosed      | same          | same           | same           | changed          | same          | changed   | same
        withdrawn.notVetted      | offerClosed   | offerClosed      | same          | same           | same           | changed          | same          | changed   | same
        withdrawn.afterAccepting | offerClosed   | offerClosed      | same          | same           | same           | changed          | same          | changed   | same
        """);

    /// <summary>A repeat is the same, except where it is the first sign of life after a silence; a conflict may be declared however late.</summary>
    private static readonly Table Reports = Table.Of("""
        her offer is             | noConflict    | conflict    | enRoute       | arrived       | done          | released     | confirmed    | pickedUp
        open                     | notFound      | notFound    | notFound      | notFound      | notFound      | notFound     | notFound     | notFound
        accepted.accepted        | changed       | changed     | wrongProgress | wrongProgress | wrongProgress | changed      | same         | wrongProgress
        accepted.noConflict      | same          | changed     | changed       | changed       | changed       | changed      | same         | wrongProgress
        accepted.enRoute         | wrongProgress | changed     | same          | changed       | changed       | changed      | same         | wrongProgress
        accepted.arrived         | wrongProgress | changed     | wrongProgress | same          | changed       | changed      | same         | wrongProgress
        accepted.pickedUp        | wrongProgress | changed     | wrongProgress | changed       | changed       | changed      | same         | same
        accepted.done            | offerClosed   | changed     | offerClosed   | offerClosed   | same          | offerClosed  | same         | offerClosed
        accepted.released        | offerClosed   | changed     | offerClosed   | offerClosed   | offerClosed   | same         | same         | offerClosed
        accepted.standOff        | offerClosed   | changed     | offerClosed   | offerClosed   | offerClosed   | offerClosed  | same         | offerClosed
        accepted.callOff         | offerClosed   | changed     | offerClosed   | offerClosed   | offerClosed   | offerClosed  | same         | offerClosed
        silent.accepted          | changed       | changed     | wrongProgress | wrongProgress | wrongProgress | changed      | same         | wrongProgress
        silent.noConflict        | changed       | changed     | changed       | changed       | changed       | changed      | same         | wrongProgress
        silent.enRoute           | wrongProgress | changed     | changed       | changed       | changed       | changed      | same         | wrongProgress
        declined.busy            | notFound      | notFound    | notFound      | notFound      | notFound      | notFound     | notFound     | notFound
        declined.tooFar          | notFound      | notFound    | notFound      | notFound      | notFound      | notFound     | notFound     | notFound
        declined.unsafe          | notFound      | notFound    | notFound      | notFound      | notFound      | notFound     | notFound     | notFound
        declined.conflict        | notFound      | notFound    | notFound      | notFound      | notFound      | notFound     | notFound     | notFound
        declined.other           | notFound      | notFound    | notFound      | notFound      | notFound      | notFound     | notFound     | notFound
        withdrawn.filled         | notFound      | notFound    | notFound      | notFound      | notFound      | notFound     | notFound     | notFound
        withdrawn.excluded       | notFound      | notFound    | notFound      | notFound      | notFound      | notFound     | notFound     | notFound
        withdrawn.conflict       | notFound      | notFound    | notFound      | notFound      | notFound      | notFound     | notFound     | notFound
        withdrawn.consentWithdrawn | notFound      | notFound    | notFound      | notFound      | notFound      | notFound     | notFound     | notFound
        withdrawn.offDuty        | notFound      | notFound    | notFound      | notFound      | notFound      | notFound     | notFound     | notFound
        withdrawn.ended          | notFound      | notFound    | notFound      | notFound      | notFound      | notFound     | notFound     | notFound
        withdrawn.needClosed     | notFound      | notFound    | notFound      | notFound      | notFound      | notFound     | notFound     | notFound
        withdrawn.notVetted      | notFound      | notFound    | notFound      | notFound      | notFound      | notFound     | notFound     | notFound
        withdrawn.afterAccepting | offerClosed   | same        | offerClosed   | offerClosed   | offerClosed   | offerClosed  | same         | offerClosed
        """);

    private static readonly Dictionary<string, Func<Alert, string, Decision>> AnswerCommands = new()
    {
        ["accept"] = (a, who) => Answering.Accept(a, 0, who, Mode.CallsHer, null, At(5)),
        ["accept.otherMode"] = (a, who) => Answering.Accept(a, 0, who, Mode.ComesToHer, null, At(5)),
        ["delivered"] = (a, _) => Asking.Delivered(a, 0, At(5)),
        ["leavesDuty"] = (a, who) => LeavingDuty.Apply(a, new Dictionary<string, WithdrawnFor> { [who] = WithdrawnFor.OffDuty }, At(5)),
    };

    public static TheoryData<string, string, string> AnswerCells() => Answers.Cells();

    public static TheoryData<string, string, string> ReportCells() => Reports.Cells();

    [Theory, MemberData(nameof(AnswerCells))]
    public void An_answer_to_an_offer_in_each_state(string state, string command, string expected) =>
        Assert.Equal(expected, Answer(command)(OfferStates.AlertWith(state), OfferStates.Amal).Outcome());

    [Theory, MemberData(nameof(ReportCells))]
    public void A_report_on_an_offer_in_each_state(string state, string progress, string expected) =>
        Assert.Equal(expected, Report(progress)(OfferStates.AlertWith(state), OfferStates.Amal).Outcome());

    [Fact]
    public void The_tables_have_a_row_for_every_state_and_a_column_for_every_word()
    {
        Answers.HasRows(OfferStates.Names);
        Reports.HasRows(OfferStates.Names);
        Answers.HasColumns(AnswerCommands.Keys.Concat(Enum.GetValues<DeclineReason>().Select(r => "decline." + Word(r))));
        Reports.HasColumns(Enum.GetValues<Progress>().Select(Word));
    }

    [Fact]
    public void Nobody_answers_or_reports_in_the_name_of_another_and_an_unknown_offer_is_not_found()
    {
        foreach (var alert in OfferStates.Names.Select(OfferStates.AlertWith))
        {
            foreach (var command in Answers.Columns.Except(["delivered", "leavesDuty"])) Assert.Equal("notFound", Answer(command)(alert, "mallory").Outcome());
            foreach (var progress in Reports.Columns) Assert.Equal("notFound", Report(progress)(alert, "mallory").Outcome());
            Assert.Equal("notFound", Asking.Delivered(alert, 99, At(5)).Outcome());
            Assert.Equal("notFound", Asking.Delivered(alert, -1, At(5)).Outcome());
        }
    }

    [Fact]
    public void The_first_receipt_of_a_step_counts_and_the_next_ones_change_nothing()
    {
        var confirmed = Asking.Delivered(OfferStates.AlertWith("open"), 0, At(2)).Now();
        Assert.Equal(At(2), confirmed.Needs[0].Steps[0].FirstDeliveredAt);
        Assert.Equal("same", Asking.Delivered(confirmed, 0, At(3)).Outcome());
        Assert.Equal("same", Asking.Delivered(confirmed, 1, At(3)).Outcome());
    }

    private static Func<Alert, string, Decision> Answer(string command) =>
        AnswerCommands.TryGetValue(command, out var known) ? known
            : (a, who) => Answering.Decline(a, 0, who, Enum.Parse<DeclineReason>(command["decline.".Length..], ignoreCase: true), At(5));

    private static Func<Alert, string, Decision> Report(string progress) =>
        (a, who) => Progressing.Report(a, 0, who, Enum.Parse<Progress>(progress, ignoreCase: true), null, At(5));
}

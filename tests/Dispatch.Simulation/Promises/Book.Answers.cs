using System.Globalization;
using Dispatch.Domain;
using Dispatch.Domain.Alerts;
using Dispatch.Domain.Hotline;
using Dispatch.Grains.Alerts;
using Dispatch.Grains.Hotline;

namespace Dispatch.Simulation.Promises;

// What people were answered must be on the disk, and stay true.
internal sealed partial class Book
{
    private readonly Dictionary<string, string> _takers = new(StringComparer.Ordinal);

    public void Raised(RaiseAlert command, RaiseResult result)
    {
        if (result.Refused is { } why)
        {
            world.Tally.Count("refused.raise." + why);
            if (File(command.Id).Answered is not null || why is not Refusal.TooOld) Break(Promise.RaiseKept, $"{command.Id}: the same press was refused as {why}");
            return;
        }

        var file = File(command.Id);
        if (file.Stored is not { } stored || stored.KeyMac != command.KeyMac)
        {
            Break(Promise.RaiseKept, $"{command.Id} was answered and is not on the disk");
            return;
        }

        if (result.RaisedAt != stored.RaisedAt || (file.Answered is { } first && first != stored.RaisedAt)) Break(Promise.RaiseKept, $"{command.Id}: the same key is another alert");
        if (stored.Stage is Stage.Open && !file.Watched) Break(Promise.RaiseKept, $"{command.Id} was answered without its watch row");
        if (stored.Stage is Stage.Open && !file.Reminded) Break(Promise.RaiseKept, $"{command.Id} was answered without its reminder");
        file.Answered = stored.RaisedAt;
        file.AnsweredVersion = Math.Max(file.AnsweredVersion, stored.Version);
    }

    public void Answered(string alert, int offer, AnswerResult answer, bool accepted = false)
    {
        if (Refused(answer)) return;
        var file = Answered(alert, answer);
        if (accepted && !file.EverAccepted.Contains(offer)) Break(Promise.AnswerDurable, $"{alert}: a yes to offer {offer} was answered and is not on the disk");
    }

    public void Added(string alert, AddToAlert addition, AnswerResult answer)
    {
        if (Refused(answer)) return;
        if (Answered(alert, answer).Stored is not { } stored || addition.UnderDuress) return;
        var kept = addition.Needs.All(n => stored.Wished.Contains(n) || stored.Needs.Any(s => s.Need == n))
            && (addition.Exclusions?.Responders ?? []).All(r => stored.Exclusions.Responders.Contains(r))
            && (addition.Consent is not { } consent || stored.Consents.Any(c => c.Basis == consent.Basis))
            && (addition.Note is not { } note || stored.Notes.Any(n => n.By == addition.By && n.Text == note))
            && (!addition.WomenOnly || stored.WomenOnly);
        if (!kept) Break(Promise.AnswerDurable, $"{alert}: an addition was answered and is not on the disk");
    }

    public void Cancelled(string alert)
    {
        if (Durable(alert) is { Stage: Stage.Open, DuressAt: null }) Break(Promise.AnswerDurable, $"{alert}: a cancel was answered and the alert goes on");
    }

    public void Confirmed(string alert, Receipt receipt)
    {
        if (Durable(alert)?.OfferNo(receipt.Offer) is not { } offer || offer.Responder != receipt.Responder) return;
        for (var round = offer.Round; round >= 0; round--)
        {
            if (_delivered.Contains(alert + "/" + Delivery.KeyOf(offer.No, round, receipt.Channel))) return;
        }

        Break(Promise.AnswerDurable, $"{alert}: a receipt of {receipt.Responder} was answered and is not on the disk");
    }

    public void Taken(string item, string by, ClaimResult result)
    {
        if (result.Refused is not null)
        {
            world.Tally.Count("refused." + result.Refused);
            return;
        }

        if (!_everTaken.Contains((item, by))) Break(Promise.AnswerDurable, $"{item}: {by} was answered and does not have it");
        if (_takers.TryGetValue(item, out var other) && other != by && !_handedBack.Contains(item)) Break(Promise.OneTaker, $"{other} and {by} were both answered that they have {item}");
        _takers[item] = by;
    }

    private AlertFile Answered(string alert, AnswerResult answer)
    {
        var file = File(alert);
        if (file.Stored is not { } stored || stored.Version < answer.Version)
        {
            Break(Promise.AnswerDurable, string.Create(CultureInfo.InvariantCulture, $"{alert}: version {answer.Version} was answered, the disk has {file.Stored?.Version}"));
        }

        file.AnsweredVersion = Math.Max(file.AnsweredVersion, answer.Version);
        return file;
    }

    private bool Refused(AnswerResult answer)
    {
        if (answer.Refused is not { } why) return false;
        world.Tally.Count("refused." + why);
        return true;
    }
}

using Dispatch.Domain;
using Dispatch.Domain.Alerts;
using Dispatch.Domain.Contacts;

namespace Dispatch.Grains.Alerts;

internal sealed partial class AlertGrain
{
    public Task<RaiseResult> RaiseByContact(RaiseAlert command) => Raise(command);

    public async Task<JoinOutcome> JoinByContact(RaiseAlert command)
    {
        ArgumentNullException.ThrowIfNull(command);
        // Help that somebody asks for by a number is real, whatever was practised from it before.
        if (Current is not { Stage: Stage.Open, Exercise: false } alert) return JoinOutcome.Over;
        var carried = command.Note is null ? null : words.FirstOrDefault()?.Carry(command, alert);
        var answer = await Add(Joining.Of(alert, command, carried));
        // The rest of it is not lost because there is no room for one more note.
        var full = answer.Refused is Refusal.TooMany && carried is not null;
        if (full) answer = await Add(Joining.Of(alert, command, null));
        return answer.Refused is null && !full && (command.Note is null || carried is not null) ? JoinOutcome.Joined : JoinOutcome.ForHuman;
    }

    public Task<HerPhone?> HerPhone() => Task.FromResult(Current is { } alert ? Domain.Contacts.HerPhone.Of(alert) : null);

    public Task<ShutOut?> WhoIsShutOut() => Task.FromResult(Current is { } alert ? ShutOut.Of(alert) : null);
}

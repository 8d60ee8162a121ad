using System.Collections.Immutable;
using Dispatch.Domain.Alerts;
using Dispatch.Domain.Contacts;
using Dispatch.Grains.Alerts;
using Dispatch.Grains.Hotline;
using Dispatch.Grains.Rows;

namespace Dispatch.Grains.Contacts;

internal sealed partial class ContactGrain
{
    private bool _kept;

    public async Task<bool> Forget(TimeSpan keptFor)
    {
        if (Current is not { } contact) return false;
        var fate = ContactKeeping.Look(contact, await About(contact), keptFor, clock.GetUtcNow());
        if (fate.KeptUntil is { } until)
        {
            await LookAgain(contact, until);
            return true;
        }

        // First who had what of it: its next item may go by the same id.
        await GrainFactory.GetGrain<IHotlineGrain>(contact.Line).Forget(Id);
        await (fate.Left is { } left ? stored.Replace(left, DeactivateOnIdle) : stored.Clear(DeactivateOnIdle));
        // Versions may begin anew, and what was done for an earlier one is not done for those.
        _errands.Stop();
        _errands = NewErrands();
        Current = fate.Left;
        await LookAgain(contact, null);
        return true;
    }

    /// <summary>Once in the life of an activation is enough: whoever looks too early looks again.</summary>
    private Task Keep(Contact contact) => _kept ? Task.CompletedTask : LookAgain(contact, clock.GetUtcNow() + ContactKeeping.Least);

    private async Task LookAgain(Contact contact, DateTimeOffset? at)
    {
        await rows.Write([new RowChange(Tables.Contacts, contact.Line, Id, at is null ? null : new KeptContact(), at)]);
        _kept = at is not null;
    }

    /// <summary>Throws where one of them does not answer: then nothing is forgotten yet.</summary>
    private async Task<ImmutableArray<Alert>> About(Contact contact)
    {
        var said = await Task.WhenAll(Heeding.Asks(contact).Select(alert => GrainFactory.GetGrain<IAlertGrain>(alert).HotlineView())).WaitAsync(AskWithin, clock);
        return [.. said.OfType<HotlineView>().Select(view => view.Alert)];
    }
}

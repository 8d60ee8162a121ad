using Dispatch.Domain.Alerts;
using Dispatch.Domain.Channels;
using Dispatch.Grains.Rows;
using Microsoft.Extensions.Logging;

namespace Dispatch.Grains.Alerts;

/// <summary>What became of notices: into their rows in batches, and to open consoles as a hint. Off the turn, one of each under way at a time.</summary>
internal sealed class AlertNews(IAlertOutbox alert, AlertSender sender, IRows rows, TimeProvider clock, ILogger log)
{
    /// <summary>A console that hears of every single phone would read the whole alert a thousand times over; the first news goes at once all the same.</summary>
    private static readonly TimeSpan HintEvery = TimeSpan.FromMilliseconds(200);

    /// <summary>Results and receipts of one moment go into their rows together. A crash in between means asking a phone once more, which it knows by the offer.</summary>
    private static readonly TimeSpan FactsTogether = TimeSpan.FromMilliseconds(25);

    private bool _flushing;
    private bool _hinting;
    private bool _hintAgain;
    private bool _stopped;

    public void Stop() => _stopped = true;

    public void FactsChanged()
    {
        if (!_flushing) _ = Flush();
        HintConsoles();
    }

    /// <summary>Tells open consoles that this alert changed. One hint in flight; what happens meanwhile makes one more.</summary>
    public void HintConsoles()
    {
        _hintAgain = true;
        if (!_hinting) _ = Hints();
    }

    private async Task Flush()
    {
        _flushing = true;
        try
        {
            await Task.Delay(FactsTogether, clock);
            while (alert.Deliveries.Dirty) await alert.Deliveries.Flush(rows, alert.Current!.Id);
        }
#pragma warning disable CA1031 // The facts stay dirty and go with the next flush.
        catch (Exception failure)
#pragma warning restore CA1031
        {
            log.LogWarning("Delivery facts could not be written yet: {Failure}", failure.Message);
        }
        finally
        {
            _flushing = false;
        }
    }

    private async Task Hints()
    {
        _hinting = true;
        try
        {
            while (_hintAgain && !_stopped && alert.Current is { } current)
            {
                _hintAgain = false;
                await sender.Hint(new Notice($"{current.Id}:{current.Version}", NoticeKind.LineAlertChanged, current.Line, current.Id, current.Version));
                await Task.Delay(HintEvery, clock);
            }
        }
        finally
        {
            _hinting = false;
        }
    }
}

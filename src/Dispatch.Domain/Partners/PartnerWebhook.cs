using System.Text.Json.Serialization;

namespace Dispatch.Domain.Partners;

/// <summary>Where the partner is told. The secret that signs is derived from the partner and <paramref name="Serial"/>, and stored nowhere.</summary>
public sealed record PartnerWebhook(string Url, int Serial, DateTimeOffset SetAt, string SetBy)
{
    /// <summary>When it last took something, to the minute.</summary>
    public DateTimeOffset? TookAt { get; init; }

    /// <summary>Since when it has taken nothing of what it was told.</summary>
    public DateTimeOffset? FailsSince { get; init; }

    /// <summary>When news were given up because it took nothing for so long. It is still told of new alerts, and of the others when it takes one or is set anew.</summary>
    public DateTimeOffset? GaveUpAt { get; init; }

    /// <summary>The alerts that were put away are yet to be put before it. Kept until that is done, over a crash too.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public bool Anew { get; init; }
}

/// <summary>What a webhook answered when it was told of several alerts, one after the other.</summary>
/// <param name="Serial">Of the webhook that was asked.</param>
public sealed record WebhookAnswers(int Serial)
{
    /// <summary>Once an alert was not taken so often in a row it is no hiccup.</summary>
    private const int AlarmAfter = 3;

    public DateTimeOffset? TookAt { get; init; }

    /// <summary>The first one after the last that was taken.</summary>
    public DateTimeOffset? FailedAt { get; init; }

    /// <summary>Some alert was not taken again and again.</summary>
    public bool Fails { get; init; }
    public bool GaveUp { get; init; }

    public WebhookAnswers Took(DateTimeOffset now) => this with { TookAt = now, FailedAt = null };

    public WebhookAnswers Failed(PartnerAlert row, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(row);
        return this with { FailedAt = FailedAt ?? now, Fails = Fails || row.Failures >= AlarmAfter, GaveUp = GaveUp || row.GaveUpAt is not null };
    }
}

/// <summary>How a webhook does, from what it answered.</summary>
public static class WebhookHealth
{
    /// <summary>While it works, it is written no more often.</summary>
    public static readonly TimeSpan WrittenEvery = TimeSpan.FromMinutes(1);

    /// <summary>The same partner where nothing changed, or where another webhook was set meanwhile.</summary>
    public static Partner Heard(Partner partner, WebhookAnswers answers, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(partner);
        ArgumentNullException.ThrowIfNull(answers);
        if (partner.Webhook is not { } before || before.Serial != answers.Serial) return partner;
        var next = answers.TookAt is { } took ? Took(before, took) : before;
        if (answers.FailedAt is { } failed) next = Failed(next, failed, answers.GaveUp, now);
        var heard = next == before ? partner : partner with { Webhook = next };
        return answers.Fails ? PartnerBook.Alarm(heard, PartnerTrouble.WebhookFails, now) : heard;
    }

    /// <summary>Everything that was put away has been put before this webhook.</summary>
    public static Partner Recalled(Partner partner, int serial)
    {
        ArgumentNullException.ThrowIfNull(partner);
        return partner.Webhook is { Anew: true } webhook && webhook.Serial == serial ? partner with { Webhook = webhook with { Anew = false } } : partner;
    }

    private static PartnerWebhook Took(PartnerWebhook webhook, DateTimeOffset at)
    {
        if (webhook.FailsSince is null && at - webhook.TookAt < WrittenEvery) return webhook;
        // It is back: what was given up is told after all.
        return webhook with { TookAt = at, FailsSince = null, GaveUpAt = null, Anew = webhook.Anew || webhook.GaveUpAt is not null };
    }

    /// <summary>One alert that it never takes while it takes others is no reason to call it given up.</summary>
    private static PartnerWebhook Failed(PartnerWebhook webhook, DateTimeOffset at, bool gaveUp, DateTimeOffset now)
    {
        var since = webhook.FailsSince ?? at;
        return webhook with { FailsSince = since, GaveUpAt = webhook.GaveUpAt ?? (gaveUp && now - since >= Following.GivesUpAfter ? now : null) };
    }
}

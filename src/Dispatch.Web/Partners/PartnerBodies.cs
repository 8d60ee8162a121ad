using System.Collections.Immutable;
using Dispatch.Domain.Partners;

namespace Dispatch.Web.Partners;

/// <param name="Title">What administrators call it.</param>
/// <param name="PerHour">Alerts in an hour; what comes above is taken, marked, and shown as an alarm.</param>
public sealed record NewPartnerBody(string? Title = null, int PerHour = 60, ImmutableArray<PartnerScope>? Scopes = null);

public sealed record ScopesBody(ImmutableArray<PartnerScope>? Scopes = null);

/// <param name="Url">By https, at a name on the open internet; null: it is told no more.</param>
public sealed record WebhookBody(string? Url = null);

/// <param name="Key">Shown this once; only a keyed hash of it is kept.</param>
public sealed record MadeKeyBody(string PartnerId, string KeyId, string Key);

/// <param name="Secret">Signs what is sent from now on. Shown this once; null where the webhook was taken away.</param>
public sealed record WebhookSetBody(string PartnerId, string? Url, string? Secret);

public sealed record PartnersBody(ImmutableArray<PartnerBody> Partners);

/// <param name="RaisedThisHour">As far as they came to this host.</param>
public sealed record PartnerBody(
    string Id, string Title, DateTimeOffset MadeAt, int PerHour, int RaisedThisHour, ImmutableArray<PartnerKeyBody> Keys, string? WebhookUrl, WebhookStateBody? Webhook, ImmutableArray<PartnerAlarm> Alarms)
{
    internal static PartnerBody Of(Partner partner, int raised) => new(
        partner.Id, partner.Title, partner.MadeAt, partner.PerHour, raised, [.. partner.Keys.Select(k => new PartnerKeyBody(k.Id, k.Scopes, k.MadeAt, k.EndsAt))], partner.Webhook?.Url, WebhookStateBody.Of(partner.Webhook), partner.Alarms);
}

/// <param name="EndsAt">From then on it opens nothing.</param>
public sealed record PartnerKeyBody(string Id, ImmutableArray<PartnerScope> Scopes, DateTimeOffset MadeAt, DateTimeOffset? EndsAt);

/// <summary>How a webhook does.</summary>
/// <param name="LastDeliveredAt">When it last took something, to the minute.</param>
/// <param name="FailingSince">Since when it has taken nothing; absent while it works.</param>
/// <param name="GaveUpAt">When news were given up because it took nothing for a day. They are told when it takes others again, or is set anew.</param>
public sealed record WebhookStateBody(DateTimeOffset SetAt, DateTimeOffset? LastDeliveredAt, DateTimeOffset? FailingSince, DateTimeOffset? GaveUpAt)
{
    internal static WebhookStateBody? Of(PartnerWebhook? webhook) => webhook is null ? null : new WebhookStateBody(webhook.SetAt, webhook.TookAt, webhook.FailsSince, webhook.GaveUpAt);
}

/// <summary>What a key may do, and how its partner's webhook does. Not where that is: an address may hold a secret of the partner's.</summary>
public sealed record OwnPartnerBody(string Id, ImmutableArray<PartnerScope> Scopes, int PerHour, WebhookStateBody? Webhook);

using Dispatch.Web.Tests.Harness;

namespace Dispatch.Web.Tests.Partners;

/// <summary>Whoever tries keys out is slowed down by address, and nobody who has one is.</summary>
public sealed class WrongKeyTests(PartnerHost host) : IClassFixture<PartnerHost>
{
    [Fact]
    public async Task Wrong_keys_are_refused_sooner_or_later_and_right_ones_from_the_same_address_never()
    {
        var app = await host.Partner();
        var id = (await app.Raise(new { needs = new[] { "health" } })).Is(202).Text("id");
        var guess = host.Anybody().With(app.Text[..^1] + (app.Text[^1] is 'A' ? 'B' : 'A'));
        Answer? slowed = null;
        for (var i = 0; i < 200 && slowed is null; i++)
        {
            var answer = await guess.Get($"/api/v1/partner/alerts/{id}", From("203.0.113.7"));
            slowed = answer.Status is 429 ? answer : null;
            if (slowed is null) answer.Is(401, "not_signed_in");
        }

        Assert.NotNull(slowed);
        slowed.Is(429, "too_many_requests");
        Assert.InRange(int.Parse(slowed.Headers["Retry-After"], System.Globalization.CultureInfo.InvariantCulture), 1, 60);
        // What is no key at all is told the same; nothing says how near it was.
        Assert.Equal(slowed.Body, (await host.Anybody().With("dpk.x.y.z").Post("/api/v1/partner/alerts", new { }, Key(), From("203.0.113.7"))).Is(429, "too_many_requests").Body);

        (await app.Caller.Post("/api/v1/partner/alerts", new { needs = new[] { "health" } }, Key(), From("203.0.113.7"))).Is(202);
        (await app.Caller.Get($"/api/v1/partner/alerts/{id}", From("203.0.113.7"))).Is(200);
        (await guess.Get($"/api/v1/partner/alerts/{id}", From("203.0.113.8"))).Is(401, "not_signed_in");
        (await host.Anybody().Get($"/api/v1/partner/alerts/{id}", From("203.0.113.7"))).Is(401, "not_signed_in");
        host.Clock.Advance(TimeSpan.FromMinutes(1));
        (await guess.Get($"/api/v1/partner/alerts/{id}", From("203.0.113.7"))).Is(401, "not_signed_in");
    }

    /// <summary>Many phones share one address: an app whose key was ended is no guess, and is told at once that it is over.</summary>
    [Fact]
    public async Task A_key_that_was_ended_counts_as_no_guess()
    {
        var (app, admin) = (await host.Partner(), await host.Admin());
        (await admin.Delete($"/api/v1/partners/{app.Id}/keys/{app.Key}")).Is(204);
        for (var i = 0; i < 60; i++) (await app.Caller.Get("/api/v1/partner/alerts/0123456789abcdef", From("203.0.113.9"))).Is(401, "not_signed_in");
        (await host.Anybody().With("dpk.x.y.z").Get("/api/v1/partner/alerts/0123456789abcdef", From("203.0.113.9"))).Is(401, "not_signed_in");
    }

    /// <summary>One line at home has more addresses of the new kind than there are guesses.</summary>
    [Fact]
    public async Task Addresses_of_one_network_of_the_new_kind_count_as_one()
    {
        var answers = new List<int>();
        for (var i = 1; i <= 60; i++) answers.Add((await host.Anybody().With("dpk.x.y.z").Get("/api/v1/partner/alerts/0123456789abcdef", From($"2001:db8:0:1::{i:x}"))).Status);
        Assert.Contains(429, answers);
        (await host.Anybody().With("dpk.x.y.z").Get("/api/v1/partner/alerts/0123456789abcdef", From("2001:db8:0:2::1"))).Is(401, "not_signed_in");
    }

    private static (string, string) From(string address) => ("X-Forwarded-For", address);

    private static (string, string) Key() => ("Idempotency-Key", Guid.NewGuid().ToString("D"));
}

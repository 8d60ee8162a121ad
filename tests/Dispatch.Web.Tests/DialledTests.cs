using Dispatch.Web.Tests.Harness;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Configuration;

namespace Dispatch.Web.Tests;

/// <summary>What her page says of the number that she may call: how it is dialled from her network, and nothing is called free that nobody knows to be.</summary>
public sealed class DialledTests
{
    [Fact]
    public async Task A_number_of_the_settings_is_free_and_dialled_as_it_stands()
    {
        var page = await Page([]);
        Assert.Contains("""<a class="call" href="tel:116">116</a>, gratuit. Le numéro restera dans le journal""", page, StringComparison.Ordinal);
        Assert.Contains("""<p class="quiet dialled"></p>""", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_national_line_whose_price_nobody_knows_is_not_called_free()
    {
        var page = await Page([("Tenant:FallbackNumber", "80333")]);
        Assert.Contains("""<a class="call" href="tel:80333">80333</a>. Le numéro restera dans le journal""", page, StringComparison.Ordinal);
        Assert.DoesNotContain("gratuit", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Networks_that_dial_otherwise_are_each_named()
    {
        var page = await Page([
            ("Tenant:Dialled:0:Network", "Moov"), ("Tenant:Dialled:0:Keys", "80333"), ("Tenant:Dialled:0:Free", "true"), ("Tenant:Dialled:1:Keys", "20223333"), ("Tenant:Dialled:1:Free", "false")]);
        Assert.Contains("Moov\u00a080333, gratuit · autres réseaux\u00a020223333<", page, StringComparison.Ordinal);
        Assert.Contains("</a>. Le numéro restera", page, StringComparison.Ordinal);
    }

    private static async Task<string> Page((string Key, string Value)[] settings)
    {
        var host = new Host(settings);
        await host.InitializeAsync();
        try
        {
            using var http = new HttpClient { BaseAddress = host.Address };
            return System.Net.WebUtility.HtmlDecode(await http.GetStringAsync("/?lang=fr"));
        }
        finally
        {
            await host.DisposeAsync();
        }
    }

    private sealed class Host((string Key, string Value)[] settings) : RunningHost
    {
        protected override void Configure(WebApplicationBuilder builder) =>
            builder.Configuration.AddInMemoryCollection(settings.Select(s => KeyValuePair.Create(s.Key, (string?)s.Value)));
    }
}

using System.Net;
using Dispatch.Benchmarks.Clients;

namespace Dispatch.Benchmarks.Floors;

/// <summary>A gateway's sendsms interface and nothing round it: the request that the host makes for an offer, with its delivery report.</summary>
internal sealed class BareTexts(Uri gateway, Uri reports)
{
    public async Task Send(int person, string reference)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, Url(gateway, reports, person, reference));
        using var answer = await BareSends.Http.SendAsync(request, default);
        if (answer.StatusCode is not HttpStatusCode.Accepted) throw new HttpRequestException($"The gateway answered {answer.StatusCode}.");
    }

    /// <param name="reports">Where the delivery is reported; null asks for no report.</param>
    public static Uri Url(Uri gateway, Uri? reports, int person, string reference)
    {
        var text = Uri.EscapeDataString("Message 42. Répondez OUI 42 ou NON 42.");
        var report = reports is null ? "" : $"&dlr-mask=19&dlr-url={Uri.EscapeDataString($"{reports.AbsoluteUri}?ref={reference}&state=%d")}";
        return new UriBuilder(gateway)
        {
            Query = $"username={RunningKannel.User}&password={Uri.EscapeDataString(RunningKannel.Password)}&to={Uri.EscapeDataString(FarSide.Number(person))}&text={text}&charset=UTF-8&coding=0{report}",
        }.Uri;
    }
}

using System.Text;
using System.Xml.Linq;

namespace Dispatch.Web.Gateways.Voice;

/// <summary>An answer in XML, as most gateways read it. It says its encoding: without that some read accents as something else.</summary>
internal static class SpokenXml
{
    public static IResult Response(params object[] steps) => Results.Text(new XElement("Response", steps).ToString(SaveOptions.DisableFormatting), "text/xml", Encoding.UTF8);
}

using System.Globalization;
using System.Text;
using System.Xml;
using Dispatch.Domain;
using Dispatch.Domain.Shelters;

namespace Dispatch.Web.Shelters.Exchange;

/// <summary>
/// The beds of an area in the manner of EDXL-HAVE 2.0 (OASIS, "Emergency Data Exchange Language Hospital AVailability Exchange", docs.oasis-open.org/emergency/edxl-have/v2.0):
/// its namespace, one <c>facility</c> with its information, service list and bed capacities, kinds as values of a list of ours. The parts of a capacity and their order are those of HAVE
/// 1.0: status, available, baseline. The facility is all houses of the area together, so <c>organizationInformation</c>, addresses, contacts and <c>facilityGeoLocation</c>
/// are never there. A document in its manner, not one that claims to be valid by its schema.
/// </summary>
internal static class HaveDocument
{
    public const string MediaType = "application/xml";
    public const string Namespace = "urn:oasis:names:tc:emergency:edxl:have:2.0";
    public const string CommonTypes = "urn:oasis:names:tc:emergency:edxl:ct:1.0";
    public const string KindList = "urn:dispatch:bed-kind:1";

    /// <param name="beds">Null when there are too few houses to be counted.</param>
    public static string Of(string area, string name, AreaBeds? beds)
    {
        var text = new Utf8Text();
        using (var xml = XmlWriter.Create(text, new XmlWriterSettings { Indent = true }))
        {
            xml.WriteStartElement("HAVE", Namespace);
            xml.WriteAttributeString("xmlns", "ct", null, CommonTypes);
            xml.WriteStartElement("facility", Namespace);
            xml.WriteStartElement("facilityInformation", Namespace);
            xml.WriteElementString("facilityID", Namespace, area);
            xml.WriteElementString("facilityName", Namespace, name);
            xml.WriteEndElement();
            xml.WriteStartElement("serviceList", Namespace);
            xml.WriteStartElement("serviceListItem", Namespace);
            xml.WriteElementString("serviceName", Namespace, "shelter");
            // Figures of which nobody ever said that they are right are not given away as ones.
            if (beds is { OldestConfirmedAt: not null }) WriteBeds(xml, beds);
            xml.WriteEndElement();
            xml.WriteEndElement();
            if (beds?.OldestConfirmedAt is { } confirmed) xml.WriteElementString("lastUpdateTime", Namespace, confirmed.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture));
        }

        return text.ToString();
    }

    private static void WriteBeds(XmlWriter xml, AreaBeds beds)
    {
        foreach (var (kind, free) in beds.Free)
        {
            xml.WriteStartElement("bedCapacity", Namespace);
            xml.WriteStartElement("bedType", Namespace);
            xml.WriteElementString("ValueListURI", CommonTypes, KindList);
            xml.WriteElementString("Value", CommonTypes, EnumWords.Of(kind));
            xml.WriteEndElement();
            xml.WriteStartElement("capacity", Namespace);
            xml.WriteElementString("capacityStatus", Namespace, free > 0 ? "vacantAvailable" : "notAvailable");
            xml.WriteElementString("availableCount", Namespace, free.ToString(CultureInfo.InvariantCulture));
            xml.WriteElementString("baselineCount", Namespace, beds.Capacity.Of(kind).ToString(CultureInfo.InvariantCulture));
            xml.WriteEndElement();
            xml.WriteEndElement();
        }
    }

    /// <summary>So that the declaration names the encoding in which it is sent.</summary>
    private sealed class Utf8Text() : StringWriter(CultureInfo.InvariantCulture)
    {
        public override Encoding Encoding => Encoding.UTF8;
    }
}

using System.Security.Cryptography;
using Dispatch.Domain.Alerts;
using Dispatch.Domain.Sealing;
using Dispatch.Web.Hosting;
using Dispatch.Web.Sealing;
using Dispatch.Web.Survivors;

namespace Dispatch.Web.Tests.Sealing;

public sealed class VaultTests
{
    private static readonly RandomIds Ids = new();
    private readonly MasterKey _master = new(RandomNumberGenerator.GetBytes(32));

    private Vault Vault => new(_master, Ids);

    [Fact]
    public void What_was_sealed_opens_again_with_the_wrapped_key()
    {
        var (key, wrapped) = Vault.NewAlertKey("a");
        var box = key.Seal("place", new Place(Landmark: "the mill"));
        Assert.DoesNotContain("mill", box.Box, StringComparison.Ordinal);
        Assert.Equal("the mill", Vault.AlertKey("a", wrapped).Open("place", box).Landmark);
    }

    [Fact]
    public void A_box_moved_to_another_field_another_alert_or_another_house_does_not_open()
    {
        var (key, wrapped) = Vault.NewAlertKey("a");
        var box = key.Seal("note", "x");
        Assert.Throws<CryptographicException>(() => key.Open("place", box));
        Assert.Throws<CryptographicException>(() => Vault.NewAlertKey("a").Key.Open("note", box));
        Assert.Throws<CryptographicException>(() => Vault.AlertKey("b", wrapped));
        Assert.Throws<CryptographicException>(() => new Vault(new MasterKey(RandomNumberGenerator.GetBytes(32)), Ids).AlertKey("a", wrapped));
        Assert.Throws<CryptographicException>(() => Vault.StaffKey("b").Open("displayName", Vault.StaffKey("a").Seal("displayName", "x")));
        Assert.Throws<CryptographicException>(() => Vault.SessionKey("a").Open("x", Vault.StaffKey("a").Seal("x", "x")));
    }

    [Fact]
    public void What_is_sealed_alike_shows_whether_it_changed_and_nothing_else()
    {
        var (house, market) = (Vault.ShelterKey("home-1"), new Place(Landmark: "the market"));
        var box = house.SealSame("meetingPoint", market);
        Assert.Equal(box, Vault.ShelterKey("home-1").SealSame("meetingPoint", new Place(Landmark: "the market")));
        Assert.Equal("the market", house.Open("meetingPoint", box).Landmark);
        Sealed<Place>[] others = [house.SealSame("meetingPoint", new Place(Landmark: "the mill")), house.SealSame("place", market), Vault.ShelterKey("home-2").SealSame("meetingPoint", market)];
        Assert.Equal(4, others.Append(box).Select(b => b.Box[..16]).Distinct().Count());
    }

    [Fact]
    public void A_changed_box_does_not_open()
    {
        var key = Vault.StaffKey("a");
        var box = key.Seal("note", "x").Box;
        var changed = (box[^3] == 'A' ? 'B' : 'A').ToString();
        Assert.Throws<CryptographicException>(() => key.Open("note", new Sealed<string>(box[..^3] + changed + box[^2..])));
        Assert.Throws<CryptographicException>(() => key.Open("note", new Sealed<string>("AAAA")));
    }

    [Fact]
    public void The_same_value_never_looks_the_same_twice() => Assert.NotEqual(Vault.StaffKey("a").Seal("note", "x"), Vault.StaffKey("a").Seal("note", "x"));

    [Fact]
    public void A_token_holds_for_its_alert_and_key_alone()
    {
        var tokens = new SurvivorTokens(_master);
        var key = Guid.NewGuid();
        var token = tokens.For("alert", key);
        Assert.True(tokens.Holds("alert", token));
        Assert.Equal(token, new SurvivorTokens(_master).For("alert", key));
        Assert.False(tokens.Holds("other", token));
        Assert.False(tokens.Holds("alert", ""));
        Assert.False(tokens.Holds("alert", token[..^1]));
        Assert.False(tokens.Holds("alert", "not base64url!"));
        Assert.False(new SurvivorTokens(new MasterKey(RandomNumberGenerator.GetBytes(32))).Holds("alert", token));
    }

    [Fact]
    public void Fingerprints_depend_on_the_master_key_the_use_and_the_owner()
    {
        var (macs, others) = (new Macs(_master), new Macs(new MasterKey(RandomNumberGenerator.GetBytes(32))));
        Assert.Equal(macs.AccountId("XX", " Health1 "), macs.AccountId("XX", "health1"));
        Assert.NotEqual(macs.AccountId("XX", "health1"), macs.AccountId("YY", "health1"));
        Assert.NotEqual(macs.AccountId("XX", "health1"), others.AccountId("XX", "health1"));
        Assert.NotEqual(macs.Pin("a", "1234"), macs.Pin("b", "1234"));
        Assert.NotEqual(macs.Pin("a", "1234"), others.Pin("a", "1234"));
    }

    [Fact]
    public void Every_host_with_the_master_key_has_the_same_outbox_key()
    {
        using var one = new OutboxKey(_master);
        using var two = new OutboxKey(_master);
        using var other = new OutboxKey(new MasterKey(RandomNumberGenerator.GetBytes(32)));
        Assert.Equal((one.KeyId, one.PublicKey), (two.KeyId, two.PublicKey));
        Assert.NotEqual(one.PublicKey, other.PublicKey);
    }
}

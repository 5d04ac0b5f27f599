using Gateway.Policy.Model;
using Gateway.Proxy.FrontDoor;
using Microsoft.AspNetCore.Http;

namespace Gateway.Proxy.Tests.FrontDoor;

/// <summary>What a request says of waiting is read in one way, or refused.</summary>
public sealed class HandlingAskedTests
{
    [Theory]
    [InlineData("wait=60", 60)]
    [InlineData("WAIT = 60", 60)]
    [InlineData("wait=60; why=\"a, wait=7\"", 60)]
    [InlineData("respond-async, wait=010 ,, return=minimal", 10)]
    [InlineData("wait=999999999", 300)]
    [InlineData("wait=0", 0)]
    public void Wait_IsHowLongItSays_AndNeverLongerThanAnybodyMay(string prefer, int seconds) =>
        Assert.Equal(TimeSpan.FromSeconds(seconds), Read(prefer)!.Wait);

    [Theory]
    [InlineData("")]
    [InlineData("return=representation")]
    [InlineData("outlook.body=\"a, wait=5, \\\", wait=6\"")]
    [InlineData("handling=lenient; wait=5")]
    [InlineData("awaits=5, wait-not=7")]
    public void OtherPreferences_ArePassedOver(string prefer) => Assert.Null(Read(prefer)!.Wait);

    [Theory]
    [InlineData("wait")]
    [InlineData("wait=")]
    [InlineData("wait=-1")]
    [InlineData("wait=+1")]
    [InlineData("wait=1.5")]
    [InlineData("wait=1s")]
    [InlineData("wait=\"1\"")]
    [InlineData("wait=٣")]
    [InlineData("wait=9999999999")]
    [InlineData("wait=1, wait=1")]
    [InlineData("a=\"b, wait=1")]
    public void WaitThatTwoCouldTakeForTwoThings_IsRefused(string prefer) => Assert.Null(Read(prefer));

    [Fact]
    public void Wait_InTwoLines_IsRefused()
    {
        Assert.Null(Read("wait=1", "wait=2"));
        Assert.Equal(TimeSpan.FromSeconds(2), Read("respond-async", "wait=2")!.Wait);
    }

    [Theory]
    [InlineData("apr_a", "apr_a")]
    [InlineData("", null)]
    [InlineData("apr a", null)]
    [InlineData("apr_ä", null)]
    public void Approval_IsVisibleText(string presented, string? read) =>
        Assert.Equal(read, Read(new HeaderDictionary { ["Gateway-Approval"] = presented })?.Approval);

    private static HandlingAsked? Read(params string[] prefer) => Read(new HeaderDictionary { ["Prefer"] = prefer });

    /// <summary>Null where it is refused.</summary>
    private static HandlingAsked? Read(HeaderDictionary headers)
    {
        var isRead = HandlingAsked.Read(headers).TryGet(out var asked, out var refusal);
        Assert.Equal(isRead ? null : ReasonCode.MalformedRequest, refusal?.Reason);
        return asked;
    }
}

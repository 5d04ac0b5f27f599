using Gateway.Policy.Model;

namespace Gateway.Proxy.Tests.Attacks;

/// <summary>Making Gateway go somewhere else: by a redirect, or by a name that resolves inside.</summary>
public sealed class RequestForgeryTests(AttackedGateway attacked) : IClassFixture<AttackedGateway>
{
    [Fact]
    public async Task A_redirect_is_not_followed_and_where_to_is_not_told()
    {
        var before = await attacked.Provider.CountAsync();
        var answer = await attacked.SendAsync(
            await attacked.SignedAsync("GET", $"/tools/odd/redirect?to={attacked.Provider.Address}crm/contacts")
        );

        Assert.Equal(302, answer.Status);
        Assert.False(answer.HasHeader("Location"));
        Assert.DoesNotContain(attacked.Provider.Address.Authority, answer.Body, StringComparison.Ordinal);
        Assert.Equal(before + 1, await attacked.Provider.CountAsync());
        attacked.AssertJournalIsGood();
    }

    [Fact]
    public async Task An_external_name_that_resolves_inside_is_not_reached() =>
        await attacked.AssertRefusedAsync(await attacked.SignedAsync("GET", "/tools/rebound/contacts"), ReasonCode.UpstreamFailed);

    [Fact]
    public async Task What_a_system_says_in_our_name_or_to_the_cookie_jar_does_not_arrive()
    {
        var answer = await attacked.AssertPassesAsync(await attacked.SignedAsync("GET", "/tools/odd/headers"));

        Assert.NotEqual("forged", answer.Header("Gateway-Decision-Id"));
        Assert.All(["Set-Cookie", "Server", "X-Internal-Host"], name => Assert.False(answer.HasHeader(name), name));
    }
}

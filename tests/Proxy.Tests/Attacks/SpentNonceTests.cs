using Gateway.Policy.Model;
using Gateway.Proxy.Identity.Signing;

namespace Gateway.Proxy.Tests.Attacks;

/// <summary>A signed request that was refused before admission can't be sent again, whatever has changed meanwhile.</summary>
public sealed class SpentNonceTests(AttackedGateway attacked) : IClassFixture<AttackedGateway>
{
    [Theory]
    [InlineData("POST", "/tools/crm/nowhere", "{}", ReasonCode.UnknownOperation)]
    [InlineData("POST", "/tools/nobody/contacts", "{}", ReasonCode.UnknownConnector)]
    [InlineData("POST", "/tools/crm/contacts/c-1/notes", "{\"text\":", ReasonCode.MalformedRequest)]
    public async Task What_was_refused_before_admission_is_a_replay_from_then_on(string method, string path, string body, ReasonCode why)
    {
        var request = await attacked.SignedAsync(method, path, body);
        await attacked.AssertRefusedAsync(request, why);

        await attacked.AssertRefusedAsync(request, ReasonCode.ReplayedNonce);
    }

    [Fact]
    public async Task The_nonce_of_a_refused_request_is_used_up_for_a_good_one_as_well()
    {
        var options = new SigningOptions
        {
            Nonce = Convert.ToBase64String(System.Security.Cryptography.RandomNumberGenerator.GetBytes(18)),
        };
        await attacked.AssertRefusedAsync(
            await attacked.SignedAsync("GET", "/tools/crm/nowhere", options: options),
            ReasonCode.UnknownOperation
        );

        await attacked.AssertRefusedAsync(
            await attacked.SignedAsync("GET", AttackedGateway.Contacts, options: options),
            ReasonCode.ReplayedNonce
        );
    }
}

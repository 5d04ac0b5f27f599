using Gateway.Policy.Model;
using Gateway.Proxy.Identity.Signing;
using Gateway.Proxy.Tests.Running;

namespace Gateway.Proxy.Tests.Attacks;

/// <summary>The same bytes again, on one replica.</summary>
public sealed class ReplayTests(AttackedGateway attacked) : IClassFixture<AttackedGateway>
{
    [Fact]
    public async Task The_same_bytes_again_are_refused_however_often()
    {
        var request = await attacked.SignedAsync("POST", AttackedGateway.Notes, AttackedGateway.Note);
        await attacked.AssertPassesAsync(request);

        await attacked.AssertRefusedAsync(request, ReasonCode.ReplayedNonce);
        await attacked.AssertRefusedAsync(request, ReasonCode.ReplayedNonce);
    }

    [Fact]
    public async Task A_nonce_under_a_new_signature_is_refused()
    {
        var options = new SigningOptions { Nonce = NewNonce() };
        await attacked.AssertPassesAsync(await attacked.SignedAsync("GET", AttackedGateway.Contacts, options: options));

        await attacked.AssertRefusedAsync(
            await attacked.SignedAsync("GET", "/tools/crm/contacts/c-1", options: options),
            ReasonCode.ReplayedNonce
        );
    }

    [Fact]
    public async Task A_nonce_that_another_tenant_used_passes()
    {
        var (issued, key) = await attacked.Gateway.NewRuntimeKeyAsync("assistant", AttackDocuments.Rival);
        var rival = new RequestSigner(
            new HmacSigningKey(issued.KeyId, key),
            new SigningIdentity(AttackDocuments.Rival, RunningGateway.Main, Id<Agent>.Parse("assistant")),
            TimeProvider.System
        );

        // The memory of its tenant may have begun some milliseconds later than that of the others.
        using var ready = await attacked.Gateway.SendSignedAsync(
            rival,
            () => attacked.Gateway.Request(HttpMethod.Get, AttackedGateway.Contacts)
        );
        Assert.True(ready.IsSuccessStatusCode, await ready.Content.ReadAsStringAsync());
        var options = new SigningOptions { Nonce = NewNonce() };
        await attacked.AssertPassesAsync(await attacked.SignedAsync("GET", AttackedGateway.Contacts, options: options));

        var request = await RawRequest.SignedAsync(attacked.Authority, rival, "GET", AttackedGateway.Contacts, options: options);

        await attacked.AssertPassesAsync(request);
        await attacked.AssertRefusedAsync(request, ReasonCode.ReplayedNonce);
    }

    [Fact]
    public async Task A_stranger_can_not_burn_a_nonce()
    {
        var request = await attacked.SignedAsync("POST", AttackedGateway.Notes, AttackedGateway.Note);
        var swapped = await attacked.SignedAsync("POST", AttackedGateway.Notes, AttackedGateway.Note);
        swapped.Headers.Clear();
        swapped.Headers.AddRange(request.Headers);
        swapped.Body = """{"text":"other"}"""u8.ToArray();
        await attacked.AssertRefusedAsync(swapped, ReasonCode.InvalidSignature);

        await attacked.AssertPassesAsync(request);
    }

    [Fact]
    public async Task Of_two_equal_requests_at_once_exactly_one_passes()
    {
        const int Pairs = 200;
        var before = await attacked.Provider.CountAsync();
        for (var pair = 0; pair < Pairs; pair++)
        {
            var bytes = (await attacked.SignedAsync("GET", AttackedGateway.Contacts)).ToBytes();
            var answers = await Task.WhenAll(
                RawAnswer.SendAsync(attacked.Gateway.Address, bytes),
                RawAnswer.SendAsync(attacked.Gateway.Address, bytes)
            );

            Assert.Equal([200, 401], answers.Select(a => a.Status).Order());
        }

        Assert.Equal(before + Pairs, await attacked.Provider.CountAsync());
        attacked.AssertJournalIsGood();
    }

    private static string NewNonce() => Convert.ToBase64String(System.Security.Cryptography.RandomNumberGenerator.GetBytes(18));
}

using System.Net;
using Gateway.Connectors.Contracts;
using Gateway.Proxy.Identity.Signing;
using Gateway.Proxy.Tests.Doors;
using Gateway.Proxy.Tests.StandIn;

namespace Gateway.Proxy.Tests.Running;

/// <summary>An agent that is made anew under an old name doesn't inherit the old one's keys.</summary>
public sealed class AgentUidTests
{
    [Theory]
    [InlineData("second", "second", HttpStatusCode.OK)]
    [InlineData("second", "first", HttpStatusCode.Unauthorized)]
    [InlineData("second", null, HttpStatusCode.Unauthorized)]
    [InlineData(null, "first", HttpStatusCode.Unauthorized)]
    [InlineData(null, null, HttpStatusCode.OK)]
    public async Task Key_opens_for_the_agent_that_it_was_issued_to_and_for_none_of_another_uid(
        string? now,
        string? issuedTo,
        HttpStatusCode status
    )
    {
        await using var provider = await RunningStandIn.StartAsync();
        await using var gateway = await RunningGateway.StartAsync(
            provider.Address,
            data: null,
            DoorDocuments.Agent("reborn", now is null ? "" : $"  uid: {now}") + "\n---\n" + DoorDocuments.Permission("reborn", "openai")
        );
        var bearer = await gateway.IssueAsync("reborn", CredentialKind.Bearer, null, uid: issuedTo);
        using var request = Chat(gateway);
        request.Headers.Add("Authorization", $"Bearer {bearer.ShownOnce!.Reveal()}");
        using var answer = await gateway.SendAsync(request);
        Assert.Equal(status, answer.StatusCode);

        using var pair = System.Security.Cryptography.ECDsa.Create(System.Security.Cryptography.ECCurve.NamedCurves.nistP256);
        var signing = await gateway.IssueAsync(
            "reborn",
            CredentialKind.EcdsaP256Sha256,
            pair.ExportSubjectPublicKeyInfoPem(),
            uid: issuedTo
        );
        var signer = new RequestSigner(
            new EcdsaSigningKey(signing.KeyId, pair),
            new SigningIdentity(RunningGateway.Demo, RunningGateway.Main, signing.Record.Agent),
            TimeProvider.System
        );
        using var signed = await gateway.SendSignedAsync(signer, () => Chat(gateway));
        Assert.Equal(status, signed.StatusCode);
    }

    private static HttpRequestMessage Chat(RunningGateway gateway) =>
        gateway.Request(
            HttpMethod.Post,
            "/v1/chat/completions",
            """{"model":"gpt-4o-mini","messages":[{"role":"user","content":"hello"}]}"""
        );
}

using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Gateway.LoadTests.Client;

/// <summary>
/// The texts that a request and its signature base are cut out of, with room for what changes from one request to the next.
/// </summary>
internal sealed record RequestText(string Head, string SignatureBase)
{
    public const string CreatedRoom = "1111111111";
    public const string ExpiresRoom = "2222222222";
    public const string NonceRoom = "NNNNNNNNNNNNNNNNNNNNNNNN";
    public const string SignatureRoom = "SSSSSSSSSSSSSSSSSSSSSSSSSSSSSSSSSSSSSSSSSSS=";

    private const string Components =
        "\"@method\" \"@authority\" \"@path\" \"@query\" \"content-digest\" \"gateway-tenant\" \"gateway-workspace\" "
        + "\"gateway-agent\" \"content-type\"";

    /// <param name="extra">Whole header lines, each with its line end.</param>
    public static RequestText Signed(Uri address, string method, string path, ReadOnlySpan<byte> body, AgentKeys agent, string extra)
    {
        var digest = $"sha-256=:{Convert.ToBase64String(SHA256.HashData(body))}:";
        var parameters =
            $"({Components});created={CreatedRoom};expires={ExpiresRoom};nonce=\"{NonceRoom}\";keyid=\"{agent.KeyId}\";tag=\""
            + $"gateway-agent-v1\"";
        var head = new StringBuilder(Start(address, method, path, body.Length))
            .Append(
                CultureInfo.InvariantCulture,
                $"Content-Digest: {digest}\r\nGateway-Tenant: {agent.Tenant}\r\nGateway-Workspace: {agent.Workspace}\r\n"
                    + $"Gateway-Agent: {agent.Agent}\r\n"
            )
            .Append(
                CultureInfo.InvariantCulture,
                $"Signature-Input: gateway={parameters}\r\nSignature: gateway=:{SignatureRoom}:\r\n{extra}\r\n"
            );
        string[] lines =
        [
            $"\"@method\": {method}",
            $"\"@authority\": {address.Authority}",
            $"\"@path\": {path}",
            "\"@query\": ?",
            $"\"content-digest\": {digest}",
            $"\"gateway-tenant\": {agent.Tenant}",
            $"\"gateway-workspace\": {agent.Workspace}",
            $"\"gateway-agent\": {agent.Agent}",
            "\"content-type\": application/json",
            $"\"@signature-params\": {parameters}",
        ];
        return new RequestText(head.ToString(), string.Join('\n', lines));
    }

    public static RequestText Bearer(Uri address, string method, string path, ReadOnlySpan<byte> body, AgentKeys agent, string extra) =>
        new($"{Start(address, method, path, body.Length)}Authorization: Bearer {agent.Bearer}\r\n{extra}\r\n", "");

    private static string Start(Uri address, string method, string path, int length) =>
        string.Create(
            CultureInfo.InvariantCulture,
            $"{method} {path} HTTP/1.1\r\nHost: {address.Authority}\r\nContent-Type: application/json\r\nContent-Length: {length}\r\n"
        );
}

/// <summary>What the client proves itself with: one agent of the load's governance.</summary>
/// <param name="KeyId">Of the signing key, as it was issued.</param>
/// <param name="SigningKey">The key derived from the runtime secret; 32 bytes.</param>
/// <param name="Bearer">The whole bearer key.</param>
public sealed record AgentKeys(string Tenant, string Workspace, string Agent, string KeyId, byte[] SigningKey, string Bearer);

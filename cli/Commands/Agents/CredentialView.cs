using System.Text.Json.Nodes;
using Gateway.Cli.Results;
using Gateway.Connectors.Contracts;
using Gateway.Connectors.Keys;
using Gateway.Policy.Model;

namespace Gateway.Cli.Commands.Agents;

/// <summary>What is shown of a credential: never its material.</summary>
internal static class CredentialView
{
    public const string Active = "active";

    public static JsonObject ToJson(CredentialRecord record, DateTimeOffset now) =>
        new()
        {
            ["id"] = record.Id,
            ["keyId"] = $"{record.Tenant}.{record.Id}",
            ["tenant"] = record.Tenant.ToString(),
            ["workspace"] = record.Workspace.ToString(),
            ["agent"] = record.Agent.ToString(),
            ["agentUid"] = record.AgentUid,
            ["name"] = record.Name,
            ["kind"] = CredentialKinds.NameOf(record.Kind),
            ["keyVersion"] = record.KeyVersion,
            ["status"] = StatusOf(record, now),
            ["createdAt"] = InstantText.Of(record.CreatedAt),
            ["expiresAt"] = record.ExpiresAt is { } expires ? InstantText.Of(expires) : null,
            ["revokedAt"] = record.RevokedAt is { } revoked ? InstantText.Of(revoked) : null,
        };

    /// <summary>A credential that was just made, with its secret.</summary>
    public static CommandResult Show(IssuedCredential issued)
    {
        var record = issued.Record;
        var data = ToJson(record, record.CreatedAt);
        List<string> lines =
        [
            $"Key id:   {issued.KeyId}",
            $"Kind:     {CredentialKinds.NameOf(record.Kind)}",
            .. record.Name is { } name ? [$"Name:     {name}"] : Array.Empty<string>(),
            $"Agent:    {record.Agent} in {record.Workspace} of {record.Tenant}",
            $"Expires:  {(record.ExpiresAt is { } expires ? InstantText.Of(expires) : "not before it is revoked")}",
        ];
        if (issued.ShownOnce is { } secret)
        {
            data["secret"] = secret.Reveal();
            lines.AddRange(["Secret, shown only now:", secret.Reveal()]);
        }

        return CommandResult.Ok(data, lines);
    }

    public static string StatusOf(CredentialRecord record, DateTimeOffset now) =>
        record.RevokedAt is not null ? "revoked"
        : record.ExpiresAt <= now ? "expired"
        : Active;
}

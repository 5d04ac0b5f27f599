using System.Text.Json.Nodes;
using Gateway.Evidence.Signing;
using Gateway.Gait.Artifacts;
using Gateway.Policy.Model;
using Gateway.Policy.Rules.Intents;

namespace Gateway.Gait.Approvals;

/// <summary>One person's approval of one intent under one policy, to be signed. <see cref="ApprovalToken"/> checks it.</summary>
public sealed record NewApproval
{
    public required DateTimeOffset CreatedAt { get; init; }

    public required DateTimeOffset ExpiresAt { get; init; }

    /// <summary>Who approves; never empty.</summary>
    public required string Approver { get; init; }

    /// <summary>Why; never empty.</summary>
    public required string ReasonCode { get; init; }

    public required Sha256Digest Intent { get; init; }

    public required Sha256Digest Policy { get; init; }

    /// <summary>What is approved, such as <c>tool:tool.write</c>: lower case, sorted, at least one.</summary>
    public required IReadOnlyList<string> Scope { get; init; }

    /// <value>The most targets that the intent may have; 0 for any number.</value>
    public int MaxTargets { get; init; }

    /// <value>The most steps that the intent may have; 0 for any number.</value>
    public int MaxOps { get; init; }

    /// <summary>24 hexadecimal digits that follow from the content: two tokens of the same content are one, and used once.</summary>
    public string Id => ApprovalId.Of(this);

    /// <summary>The file's content, signed.</summary>
    public byte[] Sign(Ed25519PrivateKey key, string producerVersion)
    {
        var token = new JsonObject
        {
            ["schema_id"] = ApprovalToken.SchemaId,
            ["schema_version"] = ArtifactShape.Version,
            ["created_at"] = new GoTime(CreatedAt.UtcDateTime).ToString(),
            ["producer_version"] = producerVersion,
            ["token_id"] = Id,
            ["approver_identity"] = Approver,
            ["reason_code"] = ReasonCode,
            ["intent_digest"] = Intent.ToString(),
            ["policy_digest"] = Policy.ToString(),
            ["scope"] = Scope.ToJson(),
        };
        token.AddIfPositive("max_targets", MaxTargets);
        token.AddIfPositive("max_ops", MaxOps);
        token["expires_at"] = new GoTime(ExpiresAt.UtcDateTime).ToString();
        token["signature"] = ArtifactSignature.Sign(ArtifactJson.Digest(token), key);
        return IndentedJson.Write(token);
    }
}

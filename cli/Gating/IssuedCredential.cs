using System.Text.Json.Nodes;
using Gateway.Cli.Artifacts;
using Gateway.Cli.Brokers;
using Gateway.Gait.Artifacts;

namespace Gateway.Cli.Gating;

/// <summary>A credential that a broker issued for one action, as the rules ask.</summary>
/// <param name="EvidencePath">Where the record of it lies; empty as long as it isn't written.</param>
internal sealed record IssuedCredential(BrokerRequest Request, BrokerCredential Credential, string EvidencePath = "")
{
    /// <summary>Writes the record of it, beside the packs, where bundles of evidence look for it.</summary>
    /// <exception cref="IOException">It can't be written: what nobody can prove later isn't allowed.</exception>
    public IssuedCredential WriteEvidence(string? path, string traceId)
    {
        var file = path ?? Path.Combine(ArtifactPaths.Folder, $"credential_evidence_{traceId}.json");
        ArtifactFile.Write(file, IndentedJson.Write(Credential.ToEvidence(traceId, Request)), secret: true);
        return this with { EvidencePath = file };
    }

    /// <summary>What the answer says of it.</summary>
    public void AddTo(JsonObject json)
    {
        json["credential_ref"] = Credential.Ref;
        json["credential_source"] = Credential.Source;
        json["credential_access_type"] = Credential.AccessType;
        if (Credential.Issuer.Length > 0)
        {
            json["credential_issuer"] = Credential.Issuer;
        }

        if (Credential.TtlSeconds > 0)
        {
            json["credential_ttl_seconds"] = Credential.TtlSeconds;
        }

        json["credential_evidence_path"] = EvidencePath;
    }
}

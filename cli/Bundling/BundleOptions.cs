using System.CommandLine;
using System.Text.Json.Nodes;
using Gateway.Cli.Arguments;
using Gateway.Cli.Artifacts;
using Gateway.Cli.Results;
using Gateway.Cli.Settings;
using Gateway.Gait.Packs.Archives;
using Gateway.Gait.Packs.Bundles;
using Gateway.Policy.Model;

namespace Gateway.Cli.Bundling;

/// <summary>The options that both kinds of bundles have, and the writing of them.</summary>
internal sealed class BundleOptions
{
    private readonly Option<string> _case = new("--case-id")
    {
        Description = "The ticket that the bundle belongs to.",
        HelpName = "id",
        DefaultValueFactory = _ => "",
    };
    private readonly Option<string> _out = new("--out")
    {
        Description = $"The bundle to write; {ArtifactPaths.Folder}/evidence_pack_<id>.zip where it isn't given.",
        HelpName = "file",
    };
    private readonly Option<Id<Tenant>> _tenant = NameOptions.Of<Tenant>(
        "--tenant",
        "Whose evidence it is, where an instance with several tenants is set up here."
    );
    private readonly SigningKeyOptions _keys = new();

    public BundleOptions(string template)
    {
        Template = new("--template") { Description = "Whose controls the index names.", DefaultValueFactory = _ => template };
        Template.AcceptOnlyFromAmong([.. ControlTemplates.Names]);
    }

    public Option<string> Template { get; }

    public void AddTo(Command command)
    {
        command.Add(_case);
        command.Add(_out);
        command.Add(_tenant);
        command.Add(Template);
        command.Add(_keys.PrivateKey);
        command.Add(_keys.PrivateKeyEnv);
        command.Add(_keys.PublicKey);
        command.Add(_keys.PublicKeyEnv);
    }

    /// <summary>Asks the tenant's entitlement, before anything is read. Where no instance is set up there is no tenant to ask.</summary>
    public void DemandExport(ParseResult parsed, CommandConfiguration configuration, string what)
    {
        if (configuration.HasInstance)
        {
            TenantEntitlements.Of(LocalInstance.Open(configuration)).Demand(parsed.GetValue(_tenant), Entitlement.Export, what);
        }
    }

    /// <summary>Traces, verified where a key was given.</summary>
    public BundleReader Reader(ParseResult parsed, CommandConfiguration configuration) => new(_keys.ReadPublic(parsed, configuration));

    /// <summary>Writes the bundle and reads it back.</summary>
    public CommandResult Write(ParseResult parsed, CommandConfiguration configuration, BundleSubject subject)
    {
        var key = _keys.ReadPrivate(parsed, configuration);
        var (packId, bytes) = BundleWriter.Write(
            subject with
            {
                CaseId = parsed.GetRequiredValue(_case),
                Template = parsed.GetRequiredValue(Template),
            },
            key,
            "gateway"
        );
        var path = parsed.GetValue(_out) ?? Path.Combine(ArtifactPaths.Folder, $"evidence_pack_{packId}.zip");
        ArtifactFile.Write(path, bytes);
        var back = BundleVerifier.Verify(
            ArtifactFile.Read(path, PackLimits.ArchiveBytes),
            key?.PublicKey,
            requireSignature: key is not null
        );
        if (!back.IsGood)
        {
            throw new IOException($"What was written to '{path}' doesn't verify: {back.Problem}");
        }

        return CommandResult.Ok(
            Describe(subject, packId, path, back.FilesChecked, key?.PublicKey.KeyId),
            $"pack_id={packId}",
            $"pack={path}",
            $"files={back.FilesChecked}"
        ) with
        {
            Warnings = key is null ? ["The bundle isn't signed: name a key with --private-key."] : [],
        };
    }

    private static JsonObject Describe(BundleSubject subject, string packId, string path, int files, string? keyId) =>
        new()
        {
            ["pack_id"] = packId,
            ["pack_path"] = path,
            ["run_id"] = subject.Run.RunId,
            ["files"] = files,
            ["traces"] = subject.Traces.Count,
            ["regressions"] = subject.Regressions.Count,
            ["approval_audits"] = subject.Approvals.Count,
            ["credential_evidence"] = subject.Credentials.Count,
            ["window_from"] = subject.Window?.From ?? "",
            ["window_to"] = subject.Window?.To ?? "",
            ["signature_status"] = keyId is null ? "missing" : "verified",
            ["signature_key_id"] = keyId ?? "",
        };
}

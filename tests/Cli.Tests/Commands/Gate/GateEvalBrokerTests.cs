using System.Text.Json;

namespace Gateway.Cli.Tests.Commands.Gate;

/// <summary>Credentials that rules ask for beside their verdict.</summary>
public sealed class GateEvalBrokerTests : IDisposable
{
    private const string Eval = "gate eval --policy rules.yaml --intent intent.json --json";
    private const string Rules = """
        default_verdict: block
        rules:
          - name: reads
            effect: allow
            require_broker_credential: true
            broker_reference: crm-read
            broker_scopes: [read]
            match: {tool_names: [tool.read], risk_classes: [high]}
        """;

    private readonly CommandFolder _folder = new();

    public GateEvalBrokerTests()
    {
        File.WriteAllText(_folder.FileOf("rules.yaml"), Rules);
        File.WriteAllText(
            _folder.FileOf("intent.json"),
            """
            {"tool_name":"tool.read","args":{},"targets":[{"kind":"path","value":"/w/x","operation":"read"}],
             "context":{"identity":"alice","workspace":"/w","risk_class":"high","run_id":"run_1"}}
            """
        );
    }

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task WithoutABroker_ItBlocks()
    {
        Assert.Contains("broker_credential_required", Codes((await _folder.RunAsync(Eval)).Ended(3)));
        (await _folder.RunAsync($"{Eval} --simulate --credential-broker stub")).Ended(0);
        Assert.False(Directory.Exists(_folder.FileOf("gait-out")));
    }

    [Fact]
    public async Task TheStub_GivesANameAndEvidence_AndProductionTakesIt()
    {
        (await _folder.RunAsync("keys init --out-dir keys")).Ended(0);
        var run = await _folder.RunAsync(
            $"{Eval} --profile oss-prod --key-mode prod --private-key keys/gait_private.key --credential-broker stub"
        );
        var data = run.Ended(0).Data();
        Assert.Contains("broker_credential_present", Codes(run));
        Assert.StartsWith("stub:", data.GetProperty("credential_ref").GetString(), StringComparison.Ordinal);
        using var evidence = JsonDocument.Parse(
            await File.ReadAllBytesAsync(_folder.FileOf(data.GetProperty("credential_evidence_path").GetString()!))
        );
        Assert.Equal(
            ("gait.gate.broker_credential_record", "crm-read", data.GetProperty("trace_id").GetString()),
            (
                evidence.RootElement.GetProperty("schema_id").GetString(),
                evidence.RootElement.GetProperty("reference").GetString(),
                evidence.RootElement.GetProperty("trace_id").GetString()
            )
        );
    }

    [Fact]
    public async Task TheEnvironment_GivesTheVariableOfTheReference_AndItsValueIsNeverWritten()
    {
        const string Command = $"{Eval} --credential-broker env";
        Assert.Contains("broker_credential_missing", Codes((await _folder.RunAsync(Command)).Ended(3)));
        _folder.Settings["GAIT_BROKER_TOKEN_CRM_READ"] = "canary-secret";
        var run = (await _folder.RunAsync(Command)).Ended(0);
        Assert.StartsWith(
            "env:GAIT_BROKER_TOKEN_CRM_READ:",
            run.Data().GetProperty("credential_ref").GetString(),
            StringComparison.Ordinal
        );
        Assert.DoesNotContain("canary-secret", run.Output + run.Error, StringComparison.Ordinal);
        _folder.Settings["GAIT_BROKER_TOKEN_CRM_READ_EXPIRES_AT"] = "2020-01-01T00:00:00Z";
        Assert.Contains("broker_ttl_exceeded", Codes((await _folder.RunAsync(Command)).Ended(3)));
        _folder.Settings.Remove("GAIT_BROKER_TOKEN_CRM_READ_EXPIRES_AT");
        _folder.Settings["GAIT_BROKER_TOKEN_CRM_READ_RUN_BINDING"] = "run_2";
        Assert.Contains("broker_run_binding_mismatch", Codes((await _folder.RunAsync(Command)).Ended(3)));
    }

    [Theory]
    [InlineData("echo '{\"credential_ref\":\"vault:1\",\"scope\":[\"read\"]}'", "broker_request_digest_missing")]
    [InlineData("echo '{\"credential_ref\":\"vault:1\",\"scope\":[\"read\"],\"request_digest\":\"00\"}'", "broker_request_digest_mismatch")]
    [InlineData("echo '{\"credential_ref\":\"vault:1\",\"request_digest\":\"'$(sha256sum | cut -c1-64)'\"}'", "broker_scope_mismatch")]
    [InlineData("echo '{\"credential_ref\":\"vault:1\",\"scope\":[\"read\"],\"request_digest\":\"'$(sha256sum | cut -c1-64)'\"}'", "")]
    [InlineData("echo nonsense", "broker_credential_missing")]
    [InlineData("exit 1", "broker_credential_missing")]
    [InlineData("sleep 60", "broker_credential_missing")]
    [InlineData("head -c 20000 /dev/zero", "broker_credential_missing")]
    public async Task ACommand_IsAskedForThisRequestAlone(string script, string code)
    {
        if (OperatingSystem.IsWindows())
        {
            return; // It has no such scripts.
        }

        var file = _folder.FileOf("broker.sh");
        await File.WriteAllTextAsync(file, $"#!/bin/sh\n{script}\n");
        File.SetUnixFileMode(file, UnixFileMode.UserRead | UnixFileMode.UserExecute);
        (await _folder.RunAsync($"{Eval} --credential-broker command --credential-command {file}")).Ended(6);
        _folder.Settings["GAIT_CREDENTIAL_COMMAND_ALLOWLIST"] = file;
        var run = await _folder.RunAsync($"{Eval} --credential-broker command --credential-command {file}");
        Assert.Contains(code.Length > 0 ? code : "broker_credential_present", Codes(run.Ended(code.Length > 0 ? 3 : 0)));
    }

    private static IEnumerable<string?> Codes(CommandRun run) =>
        run.Data().GetProperty("reason_codes").EnumerateArray().Select(one => one.GetString());
}

using System.Buffers;
using System.Text;
using Gateway.Evidence.Records;
using Gateway.Evidence.Snapshots;
using Gateway.Policy.Canonical;
using Gateway.Policy.Compilation;
using Gateway.Policy.Documents;
using Gateway.Policy.Evaluation;
using Gateway.Policy.Model;

namespace Gateway.Evidence.Tests.Snapshots;

/// <summary>A small governed world, and records of decisions in it as the gateway makes them.</summary>
internal static class KeptDecisions
{
    public const string Documents = """
        apiVersion: gateway/v1
        kind: Tenant
        metadata: {name: acme}
        spec: {entitlements: [wide_egress]}
        ---
        apiVersion: gateway/v1
        kind: Workspace
        metadata: {tenant: acme, name: main}
        spec: {environment: development}
        ---
        apiVersion: gateway/v1
        kind: Agent
        metadata: {tenant: acme, name: payer}
        spec: {workspace: main, owners: {human: Ada Sample, security: Ben Sample}, status: active, level: L4, risk: low}
        ---
        apiVersion: gateway/v1
        kind: Connector
        metadata: {tenant: acme, name: bank}
        spec:
          type: http
          scope: internal
          environment: development
          baseAddress: https://bank.example
          operations:
            - {name: book, action: write, risk: low, methods: [POST], path: /book, transaction: {amount: /amount, max: 900}}
            - {name: note, action: write, risk: low, methods: [POST], path: /note}
            - {name: look, action: read, risk: low, methods: [GET], path: /look}
        ---
        apiVersion: gateway/v1
        kind: ToolPermission
        metadata: {tenant: acme, name: payer-bank}
        spec: {agent: payer, connector: bank, operations: "*", auditLogging: true}
        """;

    private static readonly DateTimeOffset Noon = new(2030, 1, 2, 12, 0, 0, TimeSpan.Zero);

    public static Snapshot Compile(string documents) =>
        SnapshotCompiler.Compile([new SourceFile("world.yaml", documents)]) is { Value: { } snapshot }
            ? snapshot
            : throw new InvalidOperationException("The documents don't compile.");

    /// <param name="body">JSON arguments; empty for none.</param>
    /// <param name="before">As it was made when reads weren't judged by what they send.</param>
    public static DecisionRecord Record(
        Snapshot snapshot,
        int number,
        string operation,
        string body,
        string query = "",
        bool before = false
    )
    {
        var content = Encoding.UTF8.GetBytes(body);
        var intent = new Intent
        {
            Tenant = Id<Tenant>.Parse("acme"),
            Workspace = Id<Workspace>.Parse("main"),
            Agent = Id<Agent>.Parse("payer"),
            Strength = AuthStrength.Signed,
            Door = Door.Tool,
            Connector = Id<Connector>.Parse("bank"),
            Operation = Id<Operation>.Parse(operation),
            Environment = DeploymentEnvironment.Development,
            Target = new IntentTarget(
                body.Length == 0 ? "GET" : "POST",
                "https://bank.example",
                $"/{operation}{query}",
                Sha256Digest.Compute([]),
                Sha256Digest.Compute(content)
            ),
            Arguments = content,
        };
        var facts = new Facts(null, Noon.AddMilliseconds(number)) { BeforeSends = before };
        return new DecisionRecord
        {
            DecisionId = $"d-{number}",
            RequestId = $"r-{number}",
            Intent = intent,
            Decision = Evaluator.Evaluate(snapshot, intent, facts),
            Facts = facts,
            Values = ActionReads.Keep(intent, ActionReads.Find(snapshot, intent)),
            Snapshot = snapshot.Revision,
            KeyId = "acme.key-1",
        };
    }

    public static byte[] BodyOf(DecisionRecord record)
    {
        var output = new ArrayBufferWriter<byte>();
        record.WriteBody(new CanonicalJsonWriter(output));
        return output.WrittenSpan.ToArray();
    }

    public static CompiledGovernance Governance(string documents) =>
        GovernanceCompiler.Compile([new SourceFile("world.yaml", documents)]).Value
        ?? throw new InvalidOperationException("The documents don't compile.");

    /// <summary>Keeps the governance of a journal's root.</summary>
    public static KeptSnapshots Keep(string root, string documents)
    {
        var kept = new KeptSnapshots(root);
        kept.Keep(Governance(documents));
        return kept;
    }
}

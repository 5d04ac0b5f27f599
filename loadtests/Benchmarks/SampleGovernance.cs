using System.Globalization;
using System.Text;
using Gateway.Policy.Compilation;
using Gateway.Policy.Documents;
using Gateway.Policy.Model;

namespace Gateway.Benchmarks;

/// <summary>
/// A governance of any size: 10 connectors of 25 operations, agents that may use all of them, and rules that are spread over the
/// operations.
/// </summary>
public static class SampleGovernance
{
    private const int Connectors = 10;
    private const int Operations = 25;

    /// <exception cref="InvalidOperationException">The documents have errors.</exception>
    public static Snapshot Compile(int agents, int rules)
    {
        var result = SnapshotCompiler.Compile([new SourceFile("common.yaml", Common(rules)), .. AgentFiles(agents)]);
        return result.Value ?? throw new InvalidOperationException(string.Join('\n', result.Errors.Take(5)));
    }

    /// <summary>What the first agent asks of the first operation, with a small body.</summary>
    public static Intent Intent() =>
        new()
        {
            Tenant = Id<Tenant>.Parse("demo"),
            Workspace = Id<Workspace>.Parse("main"),
            Agent = Id<Agent>.Parse("a0"),
            Strength = AuthStrength.Signed,
            Door = Door.Tool,
            Connector = Id<Connector>.Parse("c0"),
            Operation = Id<Operation>.Parse("o0"),
            Environment = DeploymentEnvironment.Development,
            Target = new IntentTarget("POST", "https://c0.example:443", "/o0", Sha256Digest.Compute([]), Sha256Digest.Compute("{}"u8)),
            Arguments = Encoding.UTF8.GetBytes("""{"amount": 12, "to": "ada@example.org"}"""),
        };

    private static string Common(int rules)
    {
        var yaml = new StringBuilder(
            """
            apiVersion: gateway/v1
            kind: Tenant
            metadata: {name: demo}
            spec: {entitlements: [wide_egress]}
            ---
            apiVersion: gateway/v1
            kind: Workspace
            metadata: {tenant: demo, name: main}
            spec: {environment: development}

            """
        );
        for (var c = 0; c < Connectors; c++)
        {
            yaml.Append(
                CultureInfo.InvariantCulture,
                $"---\napiVersion: gateway/v1\nkind: Connector\nmetadata: {{tenant: demo, name: c{c}}}\nspec:\n  type: http\n"
                    + $"  baseAddress: https://c{c}.example\n  scope: internal\n  environment: development\n  operations:\n"
            );
            for (var o = 0; o < Operations; o++)
            {
                yaml.Append(
                    CultureInfo.InvariantCulture,
                    $"    - {{name: o{o}, action: read, risk: low, dataClasses: [internal], methods: [POST], path: /o{o}}}\n"
                );
            }
        }

        if (rules > 0)
        {
            yaml.Append("---\napiVersion: gateway/v1\nkind: Policy\nmetadata: {tenant: demo, name: rules}\nspec:\n  rules:\n");
            for (var r = 0; r < rules; r++)
            {
                // Every fourth has a condition that doesn't hold, the first one for all operations; the others are about risk classes and
                // agents that this one isn't.
                var match =
                    r == 0
                        ? "{actions: [read]}"
                        : $"{{tool_names: [c{r % Connectors}/o{r / Connectors % Operations}]"
                            + $"{(r % 4 == 0 ? "" : r % 4 == 1 ? ", risk_classes: [high]" : ", identities: [a1]")}}}";
                yaml.Append(
                    CultureInfo.InvariantCulture,
                    $"    - {{name: r{r}, effect: block, match: {match}"
                        + $"{(r % 4 == 0 ? ", when: \"args.amount > 100 || agent.level == 1\"" : "")}}}\n"
                );
            }
        }

        return yaml.ToString();
    }

    /// <summary>In files of 10,000 documents, since each file has its bound.</summary>
    private static IEnumerable<SourceFile> AgentFiles(int agents)
    {
        const int each = 5_000;
        for (var first = 0; first < agents; first += each)
        {
            var yaml = new StringBuilder();
            for (var a = first; a < Math.Min(agents, first + each); a++)
            {
                yaml.Append(
                    CultureInfo.InvariantCulture,
                    $"---\napiVersion: gateway/v1\nkind: Agent\nmetadata: {{tenant: demo, name: a{a}}}\nspec: {{workspace: "
                        + $"main, owners: {{human: Ada, security: Ben}}, status: active, level: L2, risk: low, purpose: answers}}\n"
                );
                if (a == 0)
                {
                    yaml.Append(
                        "---\napiVersion: gateway/v1\nkind: ToolPermission\nmetadata: {tenant: demo, name: p0}\nspec: "
                            + "{agent: a0, connector: c0, operations: '*', auditLogging: true}\n"
                    );
                    yaml.Append(
                        "---\napiVersion: gateway/v1\nkind: RedTeamTest\nmetadata: {tenant: demo, name: t0}\nspec: {agent: "
                            + "a0, passed: true, on: 2029-01-01}\n"
                    );
                }
            }

            yield return new SourceFile($"agents-{first}.yaml", yaml.ToString());
        }
    }
}

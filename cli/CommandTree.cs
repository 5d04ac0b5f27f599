using System.CommandLine;
using System.CommandLine.Help;
using Gateway.Cli.Commands;
using Gateway.Cli.Commands.Agents;
using Gateway.Cli.Commands.Approvals;
using Gateway.Cli.Commands.Audit;
using Gateway.Cli.Commands.Gate;
using Gateway.Cli.Commands.Journal;
using Gateway.Cli.Commands.Kills;
using Gateway.Cli.Commands.Mcp;
using Gateway.Cli.Commands.Notices;
using Gateway.Cli.Commands.Operators;
using Gateway.Cli.Commands.Policies;
using Gateway.Cli.Commands.Profiles;
using Gateway.Cli.Commands.Running;
using Gateway.Cli.Commands.Runs;
using Gateway.Cli.Commands.Secrets;
using Gateway.Cli.Commands.Store;
using Gateway.Cli.Commands.Tokens;
using Gateway.Cli.Settings;
using Gateway.Policy.Model;

namespace Gateway.Cli;

/// <summary>Every command, in its place.</summary>
internal static class CommandTree
{
    /// <param name="settings">The configuration that was given as arguments.</param>
    public static RootCommand Build(IReadOnlyList<string> settings)
    {
        var configured = new CommandConfiguration(settings);
        var root = new RootCommand("Gateway, an enforcement plane for AI agents: run it, set it up, call through it, check its proof.")
        {
            new InitCommand(configured),
            new ServeCommand(configured),
            Group("config", "The configuration of this instance.", new ConfigCheckCommand(configured)),
            Group(
                "policy",
                "The governance documents.",
                new PolicyValidateCommand(configured),
                new PolicyFmtCommand(configured),
                new PolicyTestCommand(configured),
                new PolicySimulateCommand(configured),
                new PolicyExplainCommand(configured),
                new PolicyCoverageCommand(configured),
                new PolicyDiffCommand(configured),
                new PolicyEgressCommand(configured)
            ),
            Group(
                "vault",
                "The secrets that Gateway puts into requests.",
                new VaultPutCommand(configured),
                new VaultListCommand(configured),
                new VaultRemoveCommand(configured),
                new VaultRotateCommand(configured)
            ),
            Group(
                "keys",
                "Gateway's own keys.",
                new KeysInitCommand(configured),
                new KeysRotateCommand(configured),
                new KeysVerifyCommand(configured)
            ),
            Group(
                "agents",
                "Agents' credentials and lifecycle.",
                Group(
                    "credentials",
                    "What agents prove themselves with.",
                    new CredentialCreateCommand(configured),
                    new CredentialListCommand(configured),
                    new CredentialRotateCommand(configured),
                    new CredentialRevokeCommand(configured)
                ),
                new AgentSuspendCommand(configured),
                new AgentActivateCommand(configured),
                new AgentDemoteCommand(configured),
                new AgentReinstateCommand(configured)
            ),
            Group(
                "approvals",
                "What people are asked to approve.",
                new ApprovalsListCommand(configured),
                new ApprovalsShowCommand(configured),
                new ApprovalVoteCommand(configured, approves: true),
                new ApprovalVoteCommand(configured, approves: false),
                new ApprovalBreakGlassCommand(configured),
                new ApprovalRevokeCommand(configured)
            ),
            Group(
                "kill",
                "What is stopped: an agent, a connector, an operation, a tenant, everything.",
                new KillCommand(configured, KillScope.Agent),
                new KillCommand(configured, KillScope.Connector),
                new KillCommand(configured, KillScope.Operation),
                new KillCommand(configured, KillScope.Tenant),
                new KillEverythingCommand(configured),
                new KillListCommand(configured),
                new KillLiftCommand(configured)
            ),
            Group(
                "notices",
                "What people are told of approvals.",
                new NoticesListCommand(configured),
                new NoticesResendCommand(configured)
            ),
            Group(
                "profiles",
                "Gateways that commands work on from elsewhere.",
                new ProfilesAddCommand(configured),
                new ProfilesListCommand(configured),
                new ProfilesUseCommand(configured),
                new ProfilesRemoveCommand(configured)
            ),
            Group(
                "operators",
                "Who works with Gateway itself.",
                new OperatorSetupCommand(configured),
                new OperatorsListCommand(configured),
                new OperatorsShowCommand(configured),
                new OperatorAddCommand(configured),
                new OperatorChangeCommand(configured),
                new OperatorSuspendCommand(configured, suspends: true),
                new OperatorSuspendCommand(configured, suspends: false),
                new OperatorRemoveCommand(configured)
            ),
            Group(
                "tokens",
                "By which programs work for an operator.",
                new TokenCreateCommand(configured),
                new TokensListCommand(configured),
                new TokenRevokeCommand(configured)
            ),
            Group(
                "store",
                "The durable store: agents' keys and standing, approvals, operators, kills.",
                new StoreCheckCommand(configured),
                new StoreReconcileCommand(configured)
            ),
            Group("journal", "The record of everything.", new JournalShipCommand(configured), new JournalVerifyCommand(configured)),
            Group("bodies", "Bodies of calls that were kept.", new BodiesShowCommand(configured)),
            Group("changes", "What operators changed.", new ChangesListCommand(configured)),
            Group("atf", "The Agentic Trust Framework.", new AtfCheckCommand(configured)),
            new CompletionCommand(configured),
            new DoctorCommand(configured),
            new HealthCommand(configured),
            new ExplainCommand(configured),
            new ApproveCommand(configured),
            new CallCommand(configured),
            new VerifyCommand(configured),
            new DemoCommand(configured),
            Group(
                "run",
                "Runpacks: what one run did.",
                new RunRecordCommand(configured),
                new RunReplayCommand(configured),
                new RunDiffCommand(configured),
                new RunReceiptCommand(configured),
                new RunInspectCommand(configured)
            ),
            Group(
                "regress",
                "Runs as tests.",
                new RegressBootstrapCommand(configured),
                new RegressInitCommand(configured),
                new RegressRunCommand(configured)
            ),
            Group(
                "mcp",
                "Tool calls judged and not executed, and programs that speak MCP.",
                new McpBridgeCommand(configured),
                new McpProxyCommand(configured),
                new McpServeCommand(configured)
            ),
            Group("guard", "Evidence for audits.", new GuardPackCommand(configured)),
            Group("incident", "Evidence for incidents.", new IncidentPackCommand(configured)),
            Group("scout", "What many runs say together.", new ScoutSignalCommand(configured)),
            Group("gate", "Judging by rule files.", new GateEvalCommand(configured)),
            Group("cel", "Conditions of rules.", new CelEvalCommand(configured)),
            Group("trace", "Signed decisions.", new TraceVerifyCommand(configured)),
        };
        root.Add(LeafCommand.Json);
        var help = root.Options.OfType<HelpOption>().Single();
        help.Action = new ExampleHelp((HelpAction)help.Action!);
        root.Options.OfType<VersionOption>().Single().Action = new VersionAnswer();
        return root;
    }

    private static Command Group(string name, string description, params Command[] commands)
    {
        var group = new Command(name, description);
        foreach (var command in commands)
        {
            group.Add(command);
        }

        return group;
    }
}

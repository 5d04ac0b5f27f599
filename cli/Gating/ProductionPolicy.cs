using Gateway.Cli.Brokers;
using Gateway.Cli.Results;
using Gateway.Gait.Gating;
using Gateway.Policy.Model;

namespace Gateway.Cli.Gating;

/// <summary>What the profile <c>oss-prod</c> doesn't take of a policy.</summary>
internal static class ProductionPolicy
{
    public static IEnumerable<CommandError> Check(GateRequest request)
    {
        var policy = request.Policy.Policy;
        if (policy is { DefaultVerdict: Verdict.Allow, IsOverlay: false })
        {
            yield return new CommandError(
                "The oss-prod profile doesn't take default_verdict: allow.",
                "Block by default, or require approval."
            );
        }

        if (BrokerRequirement.HasUnbrokeredHighRisk(policy))
        {
            yield return new CommandError(
                "The oss-prod profile requires high-risk allow and approval rules to set require_broker_credential: true.",
                "Set it in each of them."
            );
        }

        if (request.Broker.Kind == BrokerKind.None && BrokerRequirement.RequiresBroker(policy))
        {
            yield return new CommandError(
                "The policy requires a credential broker for high-risk actions, and none is named.",
                "Name one with --credential-broker, or send such actions through a running gateway, which puts the credential in itself."
            );
        }
    }
}

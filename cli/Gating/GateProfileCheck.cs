using Gateway.Cli.Brokers;
using Gateway.Cli.Results;
using Gateway.Gait.Gating;
using Gateway.Policy.Model;

namespace Gateway.Cli.Gating;

/// <summary>What the profile <c>oss-prod</c> doesn't take.</summary>
internal static class GateProfileCheck
{
    /// <exception cref="InvalidInputException">The policy or the options aren't fit for production: everything that is wrong with
    /// them.</exception>
    public static void Demand(GateRequest request)
    {
        if (request.Profile == GateProfile.Standard)
        {
            return;
        }

        CommandError[] errors = [.. OfOptions(request), .. OfPolicy(request)];
        if (errors.Length > 0)
        {
            throw new InvalidInputException(errors);
        }
    }

    private static IEnumerable<CommandError> OfOptions(GateRequest request)
    {
        if (request.Simulate)
        {
            yield return new CommandError("The oss-prod profile doesn't simulate.", "Leave --simulate out, or take --profile standard.");
        }

        if (request.Key is null)
        {
            yield return new CommandError(
                "The oss-prod profile signs a trace of each decision, and no private key is named.",
                "Name its file with --private-key; 'gateway keys init --out-dir DIR' makes one."
            );
        }

        if (request.IsDevelopment)
        {
            yield return new CommandError(
                "The oss-prod profile takes no key that was made for development.",
                "Leave --key-mode out, or write --key-mode prod, and name a key with --private-key."
            );
        }

        if (request.HasGivenTime)
        {
            yield return new CommandError(
                "The oss-prod profile judges by the clock alone.",
                "Leave --evaluation-time out, or take --profile standard."
            );
        }
    }

    private static IEnumerable<CommandError> OfPolicy(GateRequest request)
    {
        var policy = request.Policy.Policy;
        if (policy.DefaultVerdict == Verdict.Allow)
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

/// <summary>How much is demanded of a policy and of the command's options. Unset demands the most.</summary>
internal enum GateProfile
{
    /// <summary>
    /// <c>oss-prod</c>: nothing that lets an action through for trial, and no high-risk action without a brokered credential.
    /// </summary>
    OssProd = 0,

    /// <summary><c>standard</c>.</summary>
    Standard = 1,
}

using Gateway.Cli.Results;

namespace Gateway.Cli.Gating;

/// <summary>What the profile <c>oss-prod</c> doesn't take of the command's options and of its policy.</summary>
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

        CommandError[] errors = [.. OfOptions(request), .. ProductionPolicy.Check(request)];
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
}

using System.CommandLine;

namespace Gateway.Cli.Arguments;

/// <summary>What looks like an option is no argument: a misspelt option must not pass for one.</summary>
internal static class NoOption
{
    /// <param name="remedy">Begins with a blank; made from the option as it was typed. Null for none.</param>
    public static void Require(Argument<string> argument, Func<string, string>? remedy = null) =>
        argument.Validators.Add(result =>
        {
            if (result.Tokens is [{ Value: ['-', ..] option }])
            {
                result.AddError($"Unrecognized option '{option}'.{remedy?.Invoke(option)}");
            }
        });
}

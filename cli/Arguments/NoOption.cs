using System.CommandLine;

namespace Gateway.Cli.Arguments;

/// <summary>What looks like an option is no argument: a misspelt option must not pass for one.</summary>
internal static class NoOption
{
    /// <summary>An argument of that name, with nothing that looks like an option in it.</summary>
    public static Argument<string> Argument(string name, string description)
    {
        var argument = new Argument<string>(name) { Description = description };
        Require(argument);
        return argument;
    }

    /// <param name="remedy">Begins with a blank; made from the option as it was typed. Null for none.</param>
    public static void Require(Argument argument, Func<string, string>? remedy = null) =>
        argument.Validators.Add(result =>
        {
            if (result.Tokens.FirstOrDefault(token => token.Value.StartsWith('-')) is { Value: var option })
            {
                result.AddError($"Unrecognized option '{option}'.{remedy?.Invoke(option)}");
            }
        });
}

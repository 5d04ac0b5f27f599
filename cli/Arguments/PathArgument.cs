using System.CommandLine;

namespace Gateway.Cli.Arguments;

/// <summary>An argument that names a folder. What looks like an option isn't one: a misspelt option must not pass for a folder.</summary>
internal static class PathArgument
{
    public static Argument<string> Create(string name, string description, bool required)
    {
        var argument = new Argument<string>(name)
        {
            Description = description,
            Arity = required ? ArgumentArity.ExactlyOne : ArgumentArity.ZeroOrOne,
        };
        NoOption.Require(argument, option => $" A folder of that name is written './{option}'.");
        return argument;
    }
}

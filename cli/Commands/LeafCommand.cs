using System.CommandLine;
using Gateway.Cli.Results;
using Gateway.Cli.Settings;

namespace Gateway.Cli.Commands;

/// <summary>A command that does something. Whatever goes wrong in it ends here, as a result and never as a stack.</summary>
internal abstract class LeafCommand : Command
{
    /// <summary>On every command, wherever it stands.</summary>
    public static readonly Option<bool> Json = new("--json")
    {
        Description = "Answer with one JSON object: ok, command, data, errors.",
        Recursive = true,
    };

    /// <param name="example">As it is typed.</param>
    protected LeafCommand(CommandConfiguration configuration, string name, string description, string example)
        : base(name, description)
    {
        Configuration = configuration;
        Example = example;
        SetAction(CarryOutAsync);
    }

    public string Example { get; }

    protected CommandConfiguration Configuration { get; }

    protected abstract Task<CommandResult> RunAsync(ParseResult parsed, CancellationToken cancellationToken);

    private async Task<int> CarryOutAsync(ParseResult parsed, CancellationToken cancellationToken)
    {
        var output = new Output(parsed.GetValue(Json));
        var name = CommandTree.NameOf(this);
        try
        {
            return output.Show(name, await RunAsync(parsed, cancellationToken));
        }
        catch (Exception e)
        {
            return output.Show(name, Failures.Of(e, WithStack()));
        }
    }

    /// <summary>The settings themselves may be what is wrong.</summary>
    private bool WithStack()
    {
        try
        {
            return Configuration.Find(Failures.StackSetting) is not null;
        }
        catch (Proxy.Configuration.ConfigurationException)
        {
            return false;
        }
    }
}

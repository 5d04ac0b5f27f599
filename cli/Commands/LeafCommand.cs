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
    /// <param name="explains">False for a command with an <c>--explain</c> of its own.</param>
    protected LeafCommand(CommandConfiguration configuration, string name, string description, string example, bool explains = true)
        : base(name, description)
    {
        Configuration = configuration;
        Example = example;
        SetAction(CarryOutAsync);
        if (explains)
        {
            Add(new ExplainOption(this));
        }
    }

    public string Example { get; }

    /// <summary>As it is typed, without the program's name: <c>vault put</c>.</summary>
    public string FullName => NameOf(this);

    /// <summary>The name of any command as it is typed; the program's own for the root.</summary>
    public static string NameOf(Command command)
    {
        var names = new List<string>();
        for (var c = command; c is not null and not RootCommand; c = c.Parents.OfType<Command>().FirstOrDefault())
        {
            names.Insert(0, c.Name);
        }

        return names.Count == 0 ? ProgramName.Own : string.Join(' ', names);
    }

    protected CommandConfiguration Configuration { get; }

    protected abstract Task<CommandResult> RunAsync(ParseResult parsed, CancellationToken cancellationToken);

    private async Task<int> CarryOutAsync(ParseResult parsed, CancellationToken cancellationToken)
    {
        var output = new Output(parsed.GetValue(Json));
        var name = FullName;
        try
        {
            return output.Show(name, await RunAsync(parsed, cancellationToken));
        }
        catch (UseRefusedException e)
        {
            return output.Show(name, await RefusedUse.RecordAsync(Configuration, name, e, cancellationToken));
        }
        catch (Exception e)
        {
            return output.Show(name, Failures.ToResult(e, WithStack()));
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

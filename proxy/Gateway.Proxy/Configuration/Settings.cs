using System.ComponentModel.DataAnnotations;

namespace Gateway.Proxy.Configuration;

/// <summary>
/// Binds each stage's section of the configuration (<c>Gateway:{Stage}</c>) and collects everything that is wrong with any of
/// them, so that the start can say it all at once. Made once, at start.
/// </summary>
public sealed class Settings(IConfiguration configuration)
{
    /// <summary>The section that everything of ours is under.</summary>
    public const string Root = "Gateway";

    private readonly Dictionary<string, Type> _sections = new(StringComparer.OrdinalIgnoreCase);
    private readonly List<string> _errors = [];
    private readonly List<string> _warnings = [];

    public IConfiguration Configuration { get; } = configuration;

    /// <summary>What an operator should know about how the process was started; logged once it runs.</summary>
    public IReadOnlyList<string> Warnings => _warnings;

    /// <summary>A stage's options as configured. Errors are kept for <see cref="Check"/>.</summary>
    public T Bind<T>(string section)
        where T : class, new() => Bind(section, new T());

    /// <summary>As the other, with defaults that depend on something else.</summary>
    public T Bind<T>(string section, T options)
        where T : class
    {
        _sections[section] = typeof(T);
        try
        {
            Configuration.GetSection($"{Root}:{section}").Bind(options);
        }
        catch (InvalidOperationException e)
        {
            _errors.Add($"{e.Message} {e.InnerException?.Message}".Trim());
            return options;
        }

        var results = new List<ValidationResult>();
        if (!Validator.TryValidateObject(options, new ValidationContext(options), results, validateAllProperties: true))
        {
            foreach (var result in results)
            {
                _errors.Add($"{Root}:{section}:{string.Join(',', result.MemberNames)}: {result.ErrorMessage}");
            }
        }

        return options;
    }

    /// <summary>Adds something that only a stage can find wrong, with its key's path first and the remedy last.</summary>
    public void Report(string error) => _errors.Add(error);

    /// <summary>Adds something that an operator should know and that doesn't stop the start.</summary>
    public void Warn(string warning) => _warnings.Add(warning);

    /// <summary>Called after every stage has bound its section and before the port opens.</summary>
    /// <exception cref="ConfigurationException">Something is wrong; it says everything that is.</exception>
    public void Check()
    {
        var unknown = UnknownKeys.Find(Configuration.GetSection(Root), _sections);
        if (_errors.Count + unknown.Count > 0)
        {
            throw new ConfigurationException([.. _errors, .. unknown]);
        }
    }
}

/// <summary>The process can't start as it is configured. For operators: names keys and remedies, never a secret's value.</summary>
public sealed class ConfigurationException(IReadOnlyList<string> errors)
    : Exception("The configuration has errors:\n" + string.Join('\n', errors.Select(e => "  - " + e)))
{
    /// <summary>Every error, one sentence or two each.</summary>
    public IReadOnlyList<string> Errors { get; } = errors;
}

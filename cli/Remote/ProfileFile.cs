using System.Text.Json;
using Gateway.Cli.Artifacts;
using Gateway.Cli.Results;
using Gateway.Connectors.Contracts;

namespace Gateway.Cli.Remote;

/// <summary>
/// The profiles of whoever runs the command: <c>gateway/profiles.json</c> in their folder of settings, for them alone. Holds tokens.
/// </summary>
internal sealed class ProfileFile
{
    private const int MaxBytes = 4 * 1024 * 1024;
    private const UnixFileMode Others =
        UnixFileMode.GroupRead
        | UnixFileMode.GroupWrite
        | UnixFileMode.GroupExecute
        | UnixFileMode.OtherRead
        | UnixFileMode.OtherWrite
        | UnixFileMode.OtherExecute;

    private static readonly JsonSerializerOptions Form = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        UnmappedMemberHandling = System.Text.Json.Serialization.JsonUnmappedMemberHandling.Disallow,
        AllowDuplicateProperties = false,
        RespectNullableAnnotations = true,
        WriteIndented = true,
    };

    /// <summary>The profile that counts where nobody names one; empty for this machine.</summary>
    public string Current { get; set; } = "";

    public SortedDictionary<string, RemoteProfile> Profiles { get; init; } = new(StringComparer.Ordinal);

    /// <summary><c>$XDG_CONFIG_HOME</c>, or what stands for it on this system.</summary>
    /// <exception cref="InvalidInputException">Nobody says where the user's settings are.</exception>
    public static string Place =>
        Environment.GetFolderPath(Environment.SpecialFolder.ApplicationData, Environment.SpecialFolderOption.DoNotVerify)
            is { Length: > 0 } folder
            ? Path.Combine(folder, "gateway", "profiles.json")
            : throw new InvalidInputException("There is no folder for this user's settings.", "Set XDG_CONFIG_HOME or HOME.");

    /// <summary>Empty where there is no file yet.</summary>
    /// <exception cref="InvalidInputException">Others may read it or write it, or it holds something else.</exception>
    public static ProfileFile Read()
    {
        var place = Place;
        if (!Path.Exists(place))
        {
            return new ProfileFile();
        }

        if (!OperatingSystem.IsWindows() && (File.GetUnixFileMode(place) & Others) != 0)
        {
            throw new InvalidInputException(
                $"'{place}' holds operators' tokens, and others may use it.",
                $"Run: chmod 600 '{place}', and revoke the tokens in it if anybody did."
            );
        }

        try
        {
            return
                JsonSerializer.Deserialize<ProfileFile>(ArtifactFile.Read(place, MaxBytes), Form) is { } file
                && file.Profiles.All(one => RemoteProfile.IsName(one.Key) && one.Value is not null)
                ? file
                : throw Broken(place);
        }
        catch (JsonException)
        {
            throw Broken(place); // The cause isn't handed on: it quotes what it stumbled over.
        }
    }

    /// <exception cref="IOException">It can't be written; the old one is as it was.</exception>
    public void Write() => ArtifactFile.Write(Place, JsonSerializer.SerializeToUtf8Bytes(this, Form), secret: true);

    /// <summary>Keeps a profile, in place of one of that name.</summary>
    /// <param name="ca">PEM; empty for the machine's own authorities.</param>
    /// <exception cref="InvalidInputException">It could never be used; nothing was kept.</exception>
    public static Endpoint Keep(string name, string address, string ca, Secret token)
    {
        var profile = new RemoteProfile
        {
            Address = address,
            Ca = ca,
            Token = token.Reveal(),
        };
        var endpoint = profile.At(name);
        var file = Read();
        file.Profiles[name] = profile;
        file.Write();
        return endpoint;
    }

    /// <exception cref="InvalidInputException">There is no such profile.</exception>
    public RemoteProfile Find(string name) =>
        Profiles.GetValueOrDefault(name)
        ?? throw new InvalidInputException(
            $"There is no profile '{name}'.",
            Profiles.Count > 0
                ? $"There are: {string.Join(", ", Profiles.Keys)}. Or make it: gateway profiles add."
                : "Make it: gateway profiles add."
        );

    private static InvalidInputException Broken(string place) =>
        new($"'{place}' isn't what this command wrote.", "Put it back as it was, or remove it and add the profiles again.");
}

using System.CommandLine;
using Gateway.Cli.Arguments;
using Gateway.Cli.Remote;
using Gateway.Cli.Results;
using Gateway.Policy.Model;

namespace Gateway.Cli.Commands.Tokens;

/// <summary>Who signs in where: the operator of a profile, or with <c>--sign-in</c> whoever says their name.</summary>
internal sealed class SignInOptions
{
    private readonly Option<bool> _signIn = new("--sign-in")
    {
        Description = "Ask for your name and password. With --profile the token is kept there, and not shown.",
    };

    private readonly Option<string> _address = EndpointOptions.Address(required: false);
    private readonly Option<string?> _ca = EndpointOptions.Ca();
    private readonly Option<Id<Tenant>> _tenant = NameOptions.Of<Tenant>("--tenant", "With --sign-in: your tenant.");
    private readonly ProfileOption _profile;

    public SignInOptions(LeafCommand command)
    {
        foreach (var option in (ReadOnlySpan<Option>)[_signIn, _address, _ca, _tenant])
        {
            command.Add(option);
        }

        _profile = new ProfileOption(command);
    }

    /// <returns>The listener, and the profile that keeps what is made; null for none. Nothing was sent yet.</returns>
    /// <exception cref="InvalidInputException">It isn't said where, or what is made couldn't be kept.</exception>
    public (Place Place, string? Keep) Where(ParseResult parsed)
    {
        if (!parsed.GetValue(_signIn))
        {
            var at = _profile.Demand(parsed);
            return (new Place(at.Address, at.Ca, at.Name), null);
        }

        var keep = _profile.Given(parsed);
        if (keep is not null && !RemoteProfile.IsName(keep))
        {
            throw new InvalidInputException("That can't be the name of a profile.", "Use a-z, 0-9, '.', '_' and '-'.");
        }

        var known = keep is null ? null : ProfileFile.Read().Profiles.GetValueOrDefault(keep);
        var (address, ca) = (parsed.GetValue(_address), parsed.GetValue(_ca));
        if (address is null)
        {
            return known is not null
                ? (new Place(OperatorAddress.Parse(known.Address, $"the profile '{keep}'"), CaOf(ca, known), $"the profile '{keep}'"), keep)
                : throw new InvalidInputException("Nobody says where to sign in.", "Give --address, or a profile that there is.");
        }

        return (new Place(OperatorAddress.Parse(address, "--address"), CaOf(ca, known: null), "--address"), keep);
    }

    /// <exception cref="RemoteException">It was refused, can't be reached, or isn't a Gateway.</exception>
    public async Task<OperatorSession> BeginAsync(ParseResult parsed, Place place, CancellationToken cancellationToken)
    {
        var questions = new Questions();
        if (!parsed.GetValue(_signIn))
        {
            return await OperatorSession.BeginAsync(_profile.Demand(parsed), questions, cancellationToken);
        }

        var tenant = parsed.GetValue(_tenant);
        if (tenant.IsEmpty)
        {
            throw new InvalidInputException("Nobody says which tenant's operator signs in.", "Give --tenant.");
        }

        var name = await questions.AskAsync("Name", cancellationToken);
        var password = await questions.AskSecretAsync("Password", cancellationToken);
        return await OperatorSession.BeginAsync(place, tenant.ToString(), name, password, cancellationToken);
    }

    private static string CaOf(string? file, RemoteProfile? known) => file is null ? known?.Ca ?? "" : Authorities.ReadFile(file);
}

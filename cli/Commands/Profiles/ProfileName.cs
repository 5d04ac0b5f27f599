using System.CommandLine;
using Gateway.Cli.Remote;

namespace Gateway.Cli.Commands.Profiles;

/// <summary>The argument that names a profile.</summary>
internal static class ProfileName
{
    /// <param name="orLocal">Whether it may be the instance of this machine.</param>
    public static Argument<string> Argument(bool orLocal = false)
    {
        var argument = new Argument<string>("NAME") { Description = "The profile's" + (orLocal ? $", or '{RemoteProfile.Local}'." : ".") };
        argument.Validators.Add(result =>
        {
            var text = result.Tokens is [{ Value: var value }] ? value : "";
            if (!RemoteProfile.IsName(text) && !(orLocal && text == RemoteProfile.Local))
            {
                // It isn't repeated: somebody may have taken the token for an argument.
                result.AddError(
                    "That can't be the name of a profile: use 1 to 64 of a-z, 0-9, '.', '_' and '-', a letter or digit first, and not "
                        + $"'{RemoteProfile.Local}', which is this machine."
                );
            }
        });
        return argument;
    }
}

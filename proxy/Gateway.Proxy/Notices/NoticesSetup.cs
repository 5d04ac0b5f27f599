using System.ComponentModel.DataAnnotations;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Gateway.Connectors.Contracts;
using Gateway.Connectors.Stores;
using Gateway.Proxy.Configuration;

namespace Gateway.Proxy.Notices;

/// <summary>How people are told of approvals. Section <c>Gateway:Notices</c>; who is told say documents.</summary>
public sealed class NoticesOptions
{
    /// <value>How long one attempt may take. Default 10 s; from 1 s to 60 s.</value>
    [Range(typeof(TimeSpan), "00:00:01", "00:01:00")]
    public TimeSpan Deadline { get; set; } = TimeSpan.FromSeconds(10);

    /// <value>Attempts that are under way at once, of all tenants; of one tenant a quarter of it. Default 16; from 4 to 256.</value>
    [Range(4, 256)]
    public int Concurrency { get; set; } = 16;

    /// <value>A file with certificates (PEM) of who may sign those of webhooks and mail servers, beside those whom the machine trusts.
    /// Empty for none. Default empty.</value>
    public string TlsCaFile { get; set; } = "";

    /// <summary>Reports what can't be used.</summary>
    internal X509Certificate2Collection Check(Settings settings)
    {
        var issuers = new X509Certificate2Collection();
        try
        {
            if (TlsCaFile.Length > 0)
            {
                issuers.ImportFromPemFile(TlsCaFile);
            }
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or CryptographicException)
        {
            settings.Report($"{Settings.Root}:Notices:TlsCaFile: '{TlsCaFile}' can't be read ({e.GetType().Name}). Name a file of PEM.");
        }

        return issuers;
    }
}

/// <summary>Registers what tells people.</summary>
public static class NoticesSetup
{
    public static IServiceCollection AddNotices(this IServiceCollection services, Settings settings)
    {
        var options = settings.Bind<NoticesOptions>("Notices");
        var issuers = new TrustedIssuers(options.Check(settings));
        return services
            .AddSingleton(options)
            .AddSingleton(issuers)
            .AddSingleton(provider => new NoticeStore(provider.GetRequiredService<SqlStore>().Databases, ChangeOrigin.Local("gateway", "")))
            .AddSingleton<WebPost>()
            .AddSingleton<MailPost>()
            .AddSingleton<NoticeSending>()
            .AddHostedService<NoticeOutbox>();
    }
}

using System.Security.Cryptography;
using Microsoft.Extensions.Options;
using PromptPlatform.Inference.Models;
using PromptPlatform.ServiceDefaults.Errors;

namespace PromptPlatform.Inference.Registry;

/// <summary>The files of registered versions, each under the SHA-256 of its content: written once, never changed, checked whenever they are loaded.</summary>
internal sealed class ArtefactStore(IOptions<InferenceOptions> options)
{
    private string Root => Path.GetFullPath(options.Value.Registry.Folder, AppContext.BaseDirectory);

    /// <summary>A folder of incoming/.</summary>
    /// <exception cref="RequestException">The name is no name of a folder, or there is none such.</exception>
    public ModelFiles Incoming(string name)
    {
        // One segment, so that no path leads out of incoming/.
        if (name.Length is 0 or > 100 || name[0] == '.' || !name.All(c => char.IsAsciiLetterOrDigit(c) || c is '.' or '-' or '_'))
        {
            throw RequestException.Invalid("folder", "is not the name of a folder: 1 to 100 letters, digits, dots, dashes and underscores, no dot first");
        }

        var folder = Path.Combine(Root, "incoming", name);
        return Directory.Exists(folder) ? ModelFiles.In(folder) : throw RequestException.NotFound("folder of incoming/", name);
    }

    /// <summary>Copies the files of a model into the store.</summary>
    /// <exception cref="IOException">The store cannot be written.</exception>
    public async Task<IReadOnlyList<RegisteredFile>> PutAsync(ModelFiles files, CancellationToken cancellation)
    {
        List<RegisteredFile> kept = [];
        foreach (var name in files.Present) kept.Add(await PutAsync(name, files.PathOf(name), cancellation));
        return kept;
    }

    /// <summary>The files of a version, each read through once and compared with its hash.</summary>
    /// <exception cref="FileNotFoundException">One is missing.</exception>
    /// <exception cref="InvalidDataException">One is damaged.</exception>
    public ModelFiles Open(RegisteredModel model)
    {
        foreach (var file in model.Files)
        {
            var path = PathOf(file.Sha256);
            if (!File.Exists(path)) throw new FileNotFoundException($"{file.Name} of model {model.Version} is missing in the artefact folder: {path}", path);
            using var stream = File.OpenRead(path);
            if (stream.Length != file.SizeBytes || Convert.ToHexStringLower(SHA256.HashData(stream)) != file.Sha256)
            {
                throw new InvalidDataException($"{file.Name} of model {model.Version} is damaged in the artefact folder: {path} is not what was registered");
            }
        }

        return ModelFiles.From(name => PathOf(model.Files.FirstOrDefault(file => file.Name == name)?.Sha256 ?? name));
    }

    private string PathOf(string sha256) => Path.Combine(Root, "blobs", sha256);

    private async Task<RegisteredFile> PutAsync(string name, string source, CancellationToken cancellation)
    {
        var blobs = Directory.CreateDirectory(Path.Combine(Root, "blobs")).FullName;
        var draft = Path.Combine(blobs, Path.GetRandomFileName() + ".draft");
        try
        {
            var content = await File.ReadAllBytesAsync(source, cancellation);
            var sha256 = Convert.ToHexStringLower(SHA256.HashData(content));
            await using (FileStream stream = new(draft, FileMode.CreateNew, FileAccess.Write))
            {
                await stream.WriteAsync(content, cancellation);

                // On the disk before it has its name: a name must never stand for half of a file.
                stream.Flush(flushToDisk: true);
            }

            File.Move(draft, PathOf(sha256), overwrite: true);
            return new(name, sha256, content.Length);
        }
        finally
        {
            File.Delete(draft);
        }
    }
}

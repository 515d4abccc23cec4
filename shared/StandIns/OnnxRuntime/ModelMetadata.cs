using Microsoft.ML.OnnxRuntime.Native;

namespace Microsoft.ML.OnnxRuntime;

/// <summary>What a model file says of itself.</summary>
public class ModelMetadata
{
    internal unsafe ModelMetadata(SessionHandle session)
    {
        using Held held = new(session);
        nint metadata;
        OrtTable.Check(((delegate* unmanaged<nint, nint*, nint>)OrtTable.Function(OrtSlot.SessionGetModelMetadata))(held.Pointer, &metadata));
        try
        {
            ProducerName = OrtTable.AskText(OrtSlot.ModelMetadataGetProducerName, metadata);
            GraphName = OrtTable.AskText(OrtSlot.ModelMetadataGetGraphName, metadata);
            Domain = OrtTable.AskText(OrtSlot.ModelMetadataGetDomain, metadata);
            Description = OrtTable.AskText(OrtSlot.ModelMetadataGetDescription, metadata);
            GraphDescription = OrtTable.AskText(OrtSlot.ModelMetadataGetGraphDescription, metadata);
            long version;
            OrtTable.Check(((delegate* unmanaged<nint, long*, nint>)OrtTable.Function(OrtSlot.ModelMetadataGetVersion))(metadata, &version));
            Version = version;
            foreach (var key in Keys(metadata)) CustomMetadataMap.Add(key, Lookup(metadata, key));
        }
        finally
        {
            OrtTable.Release(OrtSlot.ReleaseModelMetadata, metadata);
        }
    }

    /// <summary>Name of the tool that wrote the file.</summary>
    public string ProducerName { get; }

    /// <summary>Name of the graph.</summary>
    public string GraphName { get; }

    /// <summary>Namespace of the model.</summary>
    public string Domain { get; }

    /// <summary>Free text of the model.</summary>
    public string Description { get; }

    /// <summary>Free text of the graph.</summary>
    public string GraphDescription { get; }

    /// <summary>Version of the model.</summary>
    public long Version { get; }

    /// <summary>Entries of the application.</summary>
    public Dictionary<string, string> CustomMetadataMap { get; } = [];

    private static unsafe string[] Keys(nint metadata)
    {
        nint* texts;
        long count;
        var ask = (delegate* unmanaged<nint, nint, nint**, long*, nint>)OrtTable.Function(OrtSlot.ModelMetadataGetCustomMetadataMapKeys);
        OrtTable.Check(ask(metadata, OrtTable.DefaultAllocator, &texts, &count));
        if (count == 0) return [];
        var keys = new string[count];
        for (var i = 0; i < keys.Length; i++) keys[i] = OrtTable.TakeText(texts[i]);
        OrtTable.Free((nint)texts);
        return keys;
    }

    private static unsafe string Lookup(nint metadata, string key)
    {
        using NativeText text = new(key);
        nint value;
        var ask = (delegate* unmanaged<nint, nint, nint, nint*, nint>)OrtTable.Function(OrtSlot.ModelMetadataLookupCustomMetadataMap);
        OrtTable.Check(ask(metadata, OrtTable.DefaultAllocator, text.Pointer, &value));
        return OrtTable.TakeText(value);
    }
}
